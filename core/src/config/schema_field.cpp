// SPDX-License-Identifier: Apache-2.0
// The exported functions of class Field.
#include "config/schema_model.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace portico {
namespace {

using detail::FieldSchema;
using detail::Kind;

[[noreturn]] void refuse(const FieldSchema& field, std::string_view why) {
  throw std::logic_error("field \"" + field.name + "\": " + std::string(why));
}

void expect_bounds_to_fit(const FieldSchema& field) {
  switch (detail::bounded_type(*field.type).kind) {
    case Kind::Integer:
    case Kind::Real:
    case Kind::Duration:
    case Kind::Bytes:
    case Kind::Text:
    case Kind::Secret:
    case Kind::Template:
    case Kind::List:
    case Kind::Map: return;
    default: refuse(field, "min() and max() are for numbers, amounts, texts, lists and maps");
  }
}

}  // namespace

Field Field::required() {
  field_->required = true;
  return *this;
}

Field Field::min(double bound) {
  expect_bounds_to_fit(*field_);
  field_->min = bound;
  return *this;
}

Field Field::max(double bound) {
  expect_bounds_to_fit(*field_);
  field_->max = bound;
  return *this;
}

Field Field::name(std::string_view word, std::int64_t value) {
  if (field_->inner != Kind::Choice) {
    refuse(*field_, "names() is for an enum");
  }
  const bool known = std::any_of(field_->words.begin(), field_->words.end(),
                                 [word](const auto& other) { return other.word == word; });
  if (known) refuse(*field_, "the word \"" + std::string(word) + "\" is named twice");
  field_->words.push_back({std::string(word), value});
  return *this;
}

Field Field::one_of(std::initializer_list<std::string_view> words) {
  if (field_->inner != Kind::Text) {
    refuse(*field_, "one_of() is for a std::string");
  }
  for (const std::string_view word : words) field_->one_of.emplace_back(word);
  return *this;
}

Field Field::check(Callable<std::string(std::string_view)> fault) {
  if (field_->inner != Kind::Text) refuse(*field_, "check() is for a std::string");
  field_->fault = std::move(fault);
  return *this;
}

Field Field::check_keys(Callable<std::string(std::string_view)> fault) {
  if (detail::bounded_type(*field_->type).kind != Kind::Map) {
    refuse(*field_, "check_keys() is for a map");
  }
  field_->key_fault = std::move(fault);
  return *this;
}

Field Field::inherit() {
  field_->inherited = true;
  return *this;
}

Field Field::restart() {
  field_->restarts = true;
  return *this;
}

Field Field::secret() {
  field_->hidden = true;
  return *this;
}

Field Field::example(std::string_view yaml) {
  field_->example = yaml;
  return *this;
}

Field Field::deprecated(std::string_view replaced_by, std::string_view removed_in) {
  field_->deprecated = true;
  field_->replaced_by = replaced_by;
  field_->removed_in = removed_in;
  return *this;
}

Field Field::needs(std::string_view fact, std::string_view when_word) {
  field_->needs.push_back({std::string(fact), std::string(when_word)});
  return *this;
}

}  // namespace portico

// SPDX-License-Identifier: Apache-2.0
#include "config/schema_model.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace portico::detail {
namespace {

using Seen = std::vector<const ObjectSchema*>;

std::string named(const FieldSchema& field) { return "field \"" + field.name + "\" "; }

std::string flaw_of_words(const FieldSchema& field) {
  if (field.inner == Kind::Choice && field.words.empty()) {
    return named(field) + "is an enum: say its words with names()";
  }
  const auto known = [&field](const FieldNeed& need) {
    return std::any_of(field.words.begin(), field.words.end(),
                       [&need](const FieldWord& word) { return word.word == need.word; });
  };
  for (const FieldNeed& need : field.needs) {
    if (!field.words.empty() && !need.word.empty() && !known(need)) {
      return named(field) + "needs \"" + need.fact + "\" for \"" + need.word +
             "\", which is none of its words";
    }
  }
  return {};
}

std::string flaw_of_field(const FieldSchema& field) {
  if (field.min && field.max && *field.min > *field.max) {
    return named(field) + "has a minimum above its maximum";
  }
  return flaw_of_words(field);
}

std::string find_flaw(const ObjectSchema& schema, Seen& seen) {
  if (std::find(seen.begin(), seen.end(), &schema) != seen.end()) return {};
  seen.push_back(&schema);
  for (const FieldSchema& field : schema.fields()) {
    if (std::string flaw = flaw_of_field(field); !flaw.empty()) return flaw;
    if (field.inner != Kind::Object) continue;
    const ObjectSchema& within = innermost_type(*field.type).object();
    if (std::string flaw = find_flaw(within, seen); !flaw.empty()) {
      return named(field) + "> " + flaw;
    }
  }
  return {};
}

}  // namespace

bool FieldSchema::demanded() const {
  if (required || type->kind != Kind::Object) return required;
  const auto& within = type->object().fields();
  return std::any_of(within.begin(), within.end(),
                     [](const FieldSchema& field) { return field.demanded(); });
}

void* FieldSchema::place_in(void* object) const noexcept {
  return static_cast<std::byte*>(object) + offset;
}

const void* FieldSchema::place_in(const void* object) const noexcept {
  return static_cast<const std::byte*>(object) + offset;
}

std::string_view FieldSchema::word_of(std::int64_t value) const noexcept {
  for (const FieldWord& word : words) {
    if (word.value == value) return word.word;
  }
  return {};
}

std::size_t ObjectSchema::index_of(std::string_view name) const noexcept {
  // Structs have a dozen fields: comparing lengths first beats any table.
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i] == name) return i;
  }
  return names_.size();
}

const FieldSchema* ObjectSchema::find(std::string_view name) const noexcept {
  const std::size_t index = index_of(name);
  return index < fields_.size() ? &fields_[index] : nullptr;
}

const FieldSchema* ObjectSchema::shorthand() const noexcept {
  return shorthand_.empty() ? nullptr : find(shorthand_);
}

std::string ObjectSchema::flaw() const {
  if (sound_.load(std::memory_order_acquire)) return {};
  std::string flaw;
  if (!shorthand_.empty() && shorthand() == nullptr) {
    flaw = "shorthand(\"" + shorthand_ + "\") names no field";
  }
  try {
    Seen seen;
    if (flaw.empty()) flaw = find_flaw(*this, seen);
  } catch (const std::exception& error) {
    // The describe() of a struct within threw: it runs when it is first asked for.
    flaw = error.what();
  }
  if (flaw.empty()) sound_.store(true, std::memory_order_release);
  return flaw;
}

const Type& bounded_type(const Type& type) noexcept {
  const Type* inner = &type;
  while (inner->kind == Kind::Optional) inner = inner->element;
  return *inner;
}

const Type& innermost_type(const Type& type) noexcept {
  const Type* inner = &type;
  while (inner->element != nullptr) inner = inner->element;
  return *inner;
}

ObjectSchema* make_object_schema(const void* defaults) {
  // They live as long as the process, like the code that asks for them; also those whose describe()
  // threw, which nobody else remembers. Never destroyed: threads may outlive this one's statics.
  static std::mutex mutex;
  static auto& schemas = *std::make_unique<std::deque<ObjectSchema>>().release();
  const std::lock_guard lock(mutex);
  return &schemas.emplace_back(defaults);
}

void set_summary(ObjectSchema& object, std::string_view sentence) { object.summary_ = sentence; }

FieldSchema* add_field(ObjectSchema& object, std::string_view name, const Type& type,
                       std::size_t offset, std::string_view doc) {
  if (name.empty()) throw std::logic_error("a field has no name");
  if (object.find(name) != nullptr) {
    throw std::logic_error("field \"" + std::string(name) + "\" is declared twice");
  }
  if (object.fields_.size() == ObjectSchema::MostFields) {
    throw std::logic_error("field \"" + std::string(name) +
                           "\" is one too many: a struct has up to " +
                           std::to_string(ObjectSchema::MostFields));
  }
  FieldSchema& field = object.fields_.emplace_back();
  field.name = name;
  field.doc = doc;
  field.type = &type;
  field.inner = innermost_type(type).kind;
  field.offset = offset;
  object.names_.push_back(field.name);
  return &field;
}

void add_rule(ObjectSchema& object, std::string_view sentence, Callable<bool(const void*)> holds) {
  object.rules_.push_back(ObjectRule{std::string(sentence), std::move(holds)});
}

void set_shorthand(ObjectSchema& object, std::string_view field) { object.shorthand_ = field; }

}  // namespace portico::detail

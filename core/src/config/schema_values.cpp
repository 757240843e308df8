// SPDX-License-Identifier: Apache-2.0
// The schemas of values. A value that may be written in several forms has one alternative for each.
#include "config/binding.h"
#include "config/schema_writer.h"

#include <algorithm>
#include <array>

namespace portico::config {

using detail::FieldSchema;
using detail::Kind;
using detail::Type;

namespace {

constexpr std::string_view Filled = R"(\$\{)";
constexpr std::string_view DurationForm =
    "^(?!$)([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?([0-9]+us)?$";
constexpr std::string_view AmountForm = "^[0-9]+(B|KiB|MiB|GiB|TiB)?$";
constexpr std::string_view NetworkForm = "^[0-9A-Fa-f:.]+(/[0-9]{1,3})?$";
constexpr std::string_view UrlForm = "^[A-Za-z][A-Za-z0-9+.-]*:.";
constexpr std::string_view OriginForm = R"(^[A-Za-z][A-Za-z0-9+.-]*://[^/?#@\s]+$)";

bool bounds_are_about(const FieldSchema& field, const Type& type) noexcept {
  return &type == &detail::bounded_type(*field.type);
}

/// Said by their `type`, so that a tool can tell what is wrong within them.
bool takes_null(const Type& type) noexcept {
  return type.element != nullptr || type.kind == Kind::Object || type.kind == Kind::Json ||
         type.kind == Kind::Raw;
}

bool is_text(Kind kind) noexcept {
  return kind == Kind::Text || kind == Kind::Secret || kind == Kind::Template;
}

bool all_digits(std::string_view text) noexcept {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// 0, 12 and 1.2, as JSON writes them too.
bool is_plain_number(std::string_view word) noexcept {
  const std::size_t dot = std::min(word.find('.'), word.size());
  if (dot != word.size() && !all_digits(word.substr(dot + 1))) return false;
  return all_digits(word.substr(0, dot)) && (dot == 1 || word.front() != '0');
}

/// How YAML 1.1 and 1.2 readers may understand a plain word that is not a text to them.
std::string_view other_reading(std::string_view word) noexcept {
  constexpr std::array<std::string_view, 4> Yes{"true", "yes", "on", "y"};
  constexpr std::array<std::string_view, 4> No{"false", "no", "off", "n"};
  if (std::find(Yes.begin(), Yes.end(), word) != Yes.end()) return "true";
  if (std::find(No.begin(), No.end(), word) != No.end()) return "false";
  if (is_plain_number(word)) return word;
  return {};
}

}  // namespace

void SchemaWriter::value(const FieldSchema& field, const Type& type, std::string_view path) {
  std::vector<Alternative> found;
  alternatives(field, type, path, found);
  write(found);
}

void SchemaWriter::write(const std::vector<Alternative>& alternatives) {
  if (alternatives.empty()) return;
  if (alternatives.size() == 1) return alternatives.front()();
  json_.key("anyOf").begin_array();
  for (const Alternative& one : alternatives) {
    json_.begin_object();
    one();
    json_.end_object();
  }
  json_.end_array();
}

void SchemaWriter::alternatives(const FieldSchema& field, const Type& type, std::string_view path,
                                std::vector<Alternative>& out) {
  switch (type.kind) {
    case Kind::Optional:
    case Kind::List:
    case Kind::Map:
    case Kind::Object:
    case Kind::Json:
    case Kind::Raw: return container(field, type, path, out);
    case Kind::Duration:
    case Kind::Bytes: amount(field, type, out); break;
    case Kind::Integer:
    case Kind::Real: out.emplace_back([this, &field, &type] { number(field, type); }); break;
    case Kind::Boolean: out.emplace_back([this] { json_.member("type", "boolean"); }); break;
    case Kind::Cidr: out.emplace_back([this] { pattern(NetworkForm); }); break;
    case Kind::Url: out.emplace_back([this] { pattern(UrlForm); }); break;
    case Kind::Origin: out.emplace_back([this] { pattern(OriginForm); }); break;
    case Kind::Choice: out.emplace_back([this, &field] { words(field); }); break;
    case Kind::Text:
    case Kind::Secret:
    case Kind::Template: text(field, type, out); break;
  }
  const bool takes_any_text =
      is_text(type.kind) && field.one_of.empty() && !field.min && !field.max;
  if (file() && !takes_any_text) out.emplace_back([this] { pattern(Filled); });
}

void SchemaWriter::container(const FieldSchema& field, const Type& type, std::string_view path,
                             std::vector<Alternative>& out) {
  const std::string way(path);
  switch (type.kind) {
    case Kind::Optional:
      alternatives(field, *type.element, path, out);
      if (takes_null(*type.element)) return;
      out.emplace_back([this] { json_.member("type", "null"); });
      break;
    case Kind::List:
      out.emplace_back([this, &field, &type, way] {
        json_.key("type").begin_array().value("array").value("null").end_array();
        json_.key("items").begin_object();
        value(field, *type.element, way);
        json_.end_object();
        if (bounds_are_about(field, type)) bounds(field, "minItems", "maxItems");
      });
      if (file() && may_stand_alone(*type.element)) lone_item(field, *type.element, path, out);
      break;
    case Kind::Map:
      out.emplace_back([this, &field, &type, way] {
        json_.key("type").begin_array().value("object").value("null").end_array();
        json_.key("additionalProperties").begin_object();
        value(field, *type.element, way);
        json_.end_object();
        if (bounds_are_about(field, type)) bounds(field, "minProperties", "maxProperties");
      });
      break;
    case Kind::Object:
      out.emplace_back([this, &type, way] { reference(type.object(), way); });
      break;
    default:
      if (const auto known = raw_.find(field.name); known != raw_.end()) {
        out.emplace_back([this, name = known->second] { reference(name); });
      }
  }
}

void SchemaWriter::lone_item(const FieldSchema& field, const Type& element, std::string_view path,
                             std::vector<Alternative>& out) {
  if (element.kind != Kind::Object) return alternatives(field, element, path, out);
  const FieldSchema& shorthand = *element.object().shorthand();
  alternatives(shorthand, *shorthand.type, std::string(path) + '.' + shorthand.name, out);
}

void SchemaWriter::amount(const FieldSchema& field, const Type& type,
                          std::vector<Alternative>& out) {
  if (type.kind == Kind::Duration) {
    out.emplace_back([this] { pattern(DurationForm); });
    out.emplace_back([this] { json_.member("const", 0); });
    return;
  }
  out.emplace_back([this] { pattern(AmountForm); });
  out.emplace_back([this, &field, &type] {
    json_.member("type", "integer");
    const bool bounded = bounds_are_about(field, type);
    if (!bounded || !field.min) json_.member("minimum", 0);
    if (bounded) bounds(field, "minimum", "maximum");
  });
}

void SchemaWriter::text(const FieldSchema& field, const Type& type, std::vector<Alternative>& out) {
  if (!field.one_of.empty()) {
    out.emplace_back([this, &field] { words(field); });
    return;
  }
  const auto lengths = [this, &field, &type] {
    if (bounds_are_about(field, type)) bounds(field, "minLength", "maxLength");
  };
  out.emplace_back([this, lengths] {
    json_.key("type");
    if (file()) {
      // A plain 8080 or true is text where the binder wants one.
      json_.begin_array().value("string").value("number").value("boolean").end_array();
    } else {
      json_.value("string");
    }
    lengths();
  });
}

void SchemaWriter::number(const FieldSchema& field, const Type& type) {
  constexpr std::uint64_t Narrow = 0xffff'ffff;
  json_.member("type", type.kind == Kind::Integer ? "integer" : "number");
  const bool bounded = bounds_are_about(field, type);
  const bool has_range = type.kind == Kind::Integer && type.highest <= Narrow;
  if (type.kind == Kind::Integer && !(bounded && field.min) && (has_range || type.lowest == 0)) {
    json_.member("minimum", type.lowest);
  }
  if (has_range && !(bounded && field.max)) json_.member("maximum", type.highest);
  if (bounded) bounds(field, "minimum", "maximum");
}

void SchemaWriter::words(const FieldSchema& field) {
  json_.key("enum").begin_array();
  for (const auto& word : field.words) one_word(word.word);
  for (const auto& word : field.one_of) one_word(word);
  json_.end_array();
}

void SchemaWriter::one_word(std::string_view word) {
  json_.value(word);
  if (const std::string_view other = other_reading(word); file() && !other.empty())
    json_.raw(other);
}

void SchemaWriter::pattern(std::string_view expression) {
  json_.member("type", "string").member("pattern", expression);
}

void SchemaWriter::bounds(const FieldSchema& field, std::string_view min, std::string_view max) {
  if (field.min) json_.key(min).raw(print_amount(Kind::Real, *field.min));
  if (field.max) json_.key(max).raw(print_amount(Kind::Real, *field.max));
}

}  // namespace portico::config

// SPDX-License-Identifier: Apache-2.0
#include "config/schema_markdown.h"

#include "base/json_writer.h"
#include "config/binding.h"
#include "config/dump.h"

#include <algorithm>
#include <vector>

namespace portico::config {
namespace {

using detail::FieldSchema;
using detail::Kind;
using detail::ObjectSchema;
using detail::Type;

std::string code(std::string_view text) { return '`' + std::string(text) + '`'; }

/// A table's cell ends at a bar, a row at a line end.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return escaped;
}

std::string_view singular(const Type& type) {
  switch (type.kind) {
    case Kind::Boolean: return "true or false";
    case Kind::Integer: return "whole number";
    case Kind::Real: return "number";
    case Kind::Duration: return "duration";
    case Kind::Bytes: return "amount of bytes";
    case Kind::Cidr: return "network";
    case Kind::Url: return "URL";
    case Kind::Origin: return "origin";
    case Kind::Secret: return "secret";
    case Kind::Template: return "template";
    case Kind::Object: return "map";
    case Kind::Json:
    case Kind::Raw: return "any";
    default: return "text";
  }
}

std::string words_of(const FieldSchema& field) {
  std::string list;
  for (const auto& word : field.words) list += (list.empty() ? "" : ", ") + code(word.word);
  for (const auto& word : field.one_of) list += (list.empty() ? "" : ", ") + code(word);
  return list;
}

std::string type_text(const FieldSchema& field, const Type& type) {
  switch (type.kind) {
    case Kind::Optional: return type_text(field, *type.element);
    case Kind::List: return "list: " + type_text(field, *type.element);
    case Kind::Map: return "map: " + type_text(field, *type.element);
    default: break;
  }
  const std::string words = words_of(field);
  return words.empty() ? std::string(singular(type)) : words;
}

/// "1s to 10m", "at least 1", "at most 64 items".
std::string bounds_text(const FieldSchema& field) {
  const Kind kind = detail::bounded_type(*field.type).kind;
  std::string unit;
  if (kind == Kind::List) unit = " items";
  if (kind == Kind::Map) unit = " entries";
  if (kind == Kind::Text || kind == Kind::Secret || kind == Kind::Template) unit = " characters";
  const auto print = [kind](double bound) { return print_amount(kind, bound); };
  const auto one_or_many = [&unit](double bound) {
    if (bound != 1) return unit;
    if (unit == " entries") return std::string(" entry");
    return unit.substr(0, unit.empty() ? 0 : unit.size() - 1);
  };
  if (field.min && field.max) return print(*field.min) + " to " + print(*field.max) + unit;
  if (field.min) return "at least " + print(*field.min) + one_or_many(*field.min);
  if (field.max) return "at most " + print(*field.max) + one_or_many(*field.max);
  return {};
}

std::string default_text(const FieldSchema& field, const void* defaults) {
  if (field.inherited) return "the plugin's";
  if (field.required) return "required";
  if (field.hidden || field.inner == Kind::Raw || field.type->kind == Kind::Object) return {};
  if (field.type->element != nullptr && field.type->count(field.place_in(defaults)) == 0) return {};
  std::string text;
  base::JsonWriter writer(text);
  print_field(field, defaults, writer, Absent::Omitted);
  const bool whole_text = text.starts_with('"') && text.ends_with('"');
  if (whole_text) text = text.substr(1, text.size() - 2);
  return text.empty() ? text : code(text);
}

std::string meaning_of(const FieldSchema& field) {
  std::string text = field.doc;
  if (field.deprecated) {
    std::string warning = "Deprecated";
    if (!field.removed_in.empty()) warning += ", goes away in " + field.removed_in;
    if (!field.replaced_by.empty()) warning += ": write " + code(field.replaced_by);
    text = warning + ". " + text;
  }
  if (field.restarts) text += " A change needs a restart.";
  for (const auto& need : field.needs) {
    text += (need.word.empty() ? " It" : ' ' + code(need.word)) +
            " needs a middleware before it that gives `" + need.fact + "`.";
  }
  if (!field.example.empty()) text += " Example: " + code(field.example) + '.';
  return text;
}

class Table {
 public:
  void rows(const ObjectSchema& schema, const std::string& prefix) {
    open_.push_back(&schema);
    for (const FieldSchema& field : schema.fields()) row(field, schema.defaults(), prefix);
    open_.pop_back();
  }

  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  void row(const FieldSchema& field, const void* defaults, const std::string& prefix) {
    std::string type = type_text(field, *field.type);
    if (const std::string bounds = bounds_text(field); !bounds.empty()) type += ", " + bounds;
    text_ += "| " + code(cell(prefix + field.name)) + " | " + cell(type) + " | " +
             cell(default_text(field, defaults)) + " | " + cell(meaning_of(field)) + " |\n";
    if (field.inner != Kind::Object) return;
    const ObjectSchema& within = detail::innermost_type(*field.type).object();
    // A struct within itself was told already.
    if (std::find(open_.begin(), open_.end(), &within) != open_.end()) return;
    rows(within, prefix + field.name + steps_into(*field.type) + '.');
  }

  static std::string steps_into(const Type& type) {
    if (type.element == nullptr) return {};
    std::string rest = steps_into(*type.element);
    if (type.kind == Kind::List) return "[]" + rest;
    if (type.kind == Kind::Map) return ".NAME" + rest;
    return rest;
  }

  std::string text_;
  std::vector<const ObjectSchema*> open_;
};

}  // namespace

std::string schema_markdown(const ObjectSchema& schema, std::string_view prefix) {
  if (schema.fields().empty()) return "Takes no settings.\n";
  Table table;
  table.rows(schema, std::string(prefix));
  return "| Key | Type | Default | Meaning |\n| --- | --- | --- | --- |\n" + table.text();
}

}  // namespace portico::config

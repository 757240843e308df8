// SPDX-License-Identifier: Apache-2.0
// Structs and fields; the schemas of values are in schema_values.cpp.
#include "config/schema_writer.h"

#include "base/text.h"
#include "config/binding.h"
#include "config/dump.h"

#include <algorithm>

namespace portico::config {

using detail::FieldSchema;
using detail::Kind;
using detail::ObjectSchema;

namespace {

/// In a `$ref`, which is a URI, only these stand for themselves.
bool plain(char c) noexcept {
  return base::is_letter(c) || base::is_digit(c) || c == '.' || c == '-' || c == '_';
}

std::string description_of(const ObjectSchema& schema) {
  std::string text = schema.summary();
  for (const detail::ObjectRule& rule : schema.rules()) {
    if (!text.empty()) text += ' ';
    text += rule.sentence;
    if (!rule.sentence.ends_with('.')) text += '.';
  }
  return text;
}

/// What no keyword can say of an amount that is written with a unit.
std::string bounds_of(const FieldSchema& field) {
  const Kind kind = detail::bounded_type(*field.type).kind;
  if (kind != Kind::Duration && kind != Kind::Bytes) return {};
  std::string text;
  if (field.min) text += " At least " + print_amount(kind, *field.min) + '.';
  if (field.max) text += " At most " + print_amount(kind, *field.max) + '.';
  return text;
}

bool has_shown_default(const FieldSchema& field, const void* defaults) {
  if (field.required || field.inherited || field.hidden) return false;
  switch (field.type->kind) {
    case Kind::Secret:
    case Kind::Object:
    case Kind::Raw: return false;
    case Kind::Json: return !static_cast<const Json*>(field.place_in(defaults))->text.empty();
    case Kind::Optional: return field.type->count(field.place_in(defaults)) != 0;
    case Kind::Choice:
      return !field.word_of(field.type->load_integer(field.place_in(defaults))).empty();
    default: return field.inner != Kind::Raw;
  }
}

}  // namespace

void SchemaWriter::refer_raw(std::string_view field, std::string_view definition) {
  raw_.emplace(field, definition);
  reserve(definition);
}

const std::string& SchemaWriter::name_of(const ObjectSchema& schema, std::string_view path) {
  if (const auto known = names_.find(&schema); known != names_.end()) return known->second;
  std::string name(path);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !plain(c); }, '_');
  const std::string stem = name;
  for (int i = 2; !taken_.insert(name).second; ++i) name = stem + '-' + std::to_string(i);
  pending_.push_back({&schema, name});
  return names_.emplace(&schema, name).first->second;
}

void SchemaWriter::reference(std::string_view definition) {
  json_.member("$ref", "#/$defs/" + std::string(definition));
}

void SchemaWriter::reference(const ObjectSchema& schema, std::string_view path) {
  reference(name_of(schema, path));
}

void SchemaWriter::definitions() {
  // Writing one may refer to more.
  while (!pending_.empty()) {
    const Pending next = pending_.front();
    pending_.pop_front();
    json_.key(next.name).begin_object();
    object(*next.schema, next.name);
    json_.end_object();
  }
}

void SchemaWriter::object(const ObjectSchema& schema, std::string_view path) {
  const FieldSchema* shorthand = schema.shorthand();
  if (shorthand == nullptr) return merged({&schema}, path);
  json_.key("anyOf").begin_array();
  json_.begin_object();
  merged({&schema}, path);
  json_.end_object();
  std::vector<Alternative> others;
  alternatives(*shorthand, *shorthand->type, std::string(path) + '.' + shorthand->name, others);
  for (const Alternative& other : others) {
    json_.begin_object();
    other();
    json_.end_object();
  }
  json_.end_array();
}

void SchemaWriter::merged(std::initializer_list<const ObjectSchema*> schemas, std::string_view path,
                          const std::function<void()>& last) {
  const std::string description = description_of(**std::prev(schemas.end()));
  if (!description.empty()) json_.member("description", description);
  // An absent map is an empty one, but a file or a body as a whole must be there.
  if (path.empty()) {
    json_.member("type", "object");
  } else {
    json_.key("type").begin_array().value("object").value("null").end_array();
  }
  json_.key("properties").begin_object();
  for (const ObjectSchema* schema : schemas) {
    for (const FieldSchema& one : schema->fields()) {
      field(one, schema->defaults(), path.empty() ? one.name : std::string(path) + '.' + one.name);
    }
  }
  if (last) last();
  json_.end_object();
  required(schemas);
  json_.member("additionalProperties", false);
}

void SchemaWriter::required(std::initializer_list<const ObjectSchema*> schemas) {
  std::vector<std::string_view> names;
  for (const ObjectSchema* schema : schemas) {
    for (const FieldSchema& one : schema->fields()) {
      if (one.demanded() && !one.inherited) names.push_back(one.name);
    }
  }
  if (names.empty()) return;
  json_.key("required").begin_array();
  for (const std::string_view name : names) json_.value(name);
  json_.end_array();
}

void SchemaWriter::field(const FieldSchema& field, const void* defaults, std::string_view path) {
  json_.key(field.name).begin_object();
  describe(field);
  if (has_shown_default(field, defaults)) {
    json_.key("default");
    print_field(field, defaults, json_);
  }
  example(field);
  value(field, *field.type, path);
  json_.end_object();
}

void SchemaWriter::describe(const FieldSchema& field) {
  std::string text = field.doc + bounds_of(field);
  if (field.inherited) text += " Where it is absent, the plugin's own setting holds.";
  if (field.restarts) text += " A change needs a restart.";
  if (field.deprecated && !field.replaced_by.empty()) {
    text += " Write `" + field.replaced_by + "` instead.";
  }
  json_.member("description", text);
  if (field.deprecated) json_.member("deprecated", true);
  if (field.hidden || field.inner == Kind::Secret) json_.member("writeOnly", true);
}

void SchemaWriter::example(const FieldSchema& field) {
  if (field.example.empty()) return;
  const Kind kind = detail::bounded_type(*field.type).kind;
  const bool bare = kind == Kind::Integer || kind == Kind::Real || kind == Kind::Boolean;
  if (kind == Kind::List || kind == Kind::Map || kind == Kind::Object || kind == Kind::Json ||
      kind == Kind::Raw) {
    return;
  }
  std::string_view text = field.example;
  json_.key("examples").begin_array();
  if (bare) {
    json_.raw(text);
  } else {
    if (text.size() > 1 && text.starts_with('"') && text.ends_with('"')) {
      text = text.substr(1, text.size() - 2);
    }
    json_.value(text);
  }
  json_.end_array();
}

}  // namespace portico::config

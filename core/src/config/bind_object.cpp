// SPDX-License-Identifier: Apache-2.0
// A map into a struct: its keys, what is absent, and the rules across fields.
#include "base/text.h"
#include "config/binding.h"

#include <bitset>
#include <exception>

namespace portico::config {
namespace {

using detail::FieldSchema;
using detail::Kind;
using detail::ObjectSchema;
using FieldSet = std::bitset<ObjectSchema::MostFields>;

/// More names than this are a list that nobody reads.
constexpr std::size_t NamesToList = 10;

std::vector<std::string_view> offered_names(const ObjectSchema& schema) {
  std::vector<std::string_view> names;
  for (const FieldSchema& field : schema.fields()) {
    if (!field.deprecated) names.push_back(field.name);
  }
  return names;
}

bool may_hold_facts(const FieldSchema& field) noexcept {
  return !field.needs.empty() || field.inner == Kind::Template || field.inner == Kind::Object;
}

}  // namespace

bool Binding::object(const Node& node, const ObjectSchema& schema, void* object, const Step* step) {
  if (node.is_map() || (node.is_null() && (!json() || step != nullptr))) {
    return entries(node, schema, object, step) && rules(node, schema, object, step);
  }
  const FieldSchema* shorthand = schema.shorthand();
  if (shorthand == nullptr) {
    // A URL may have a password in it.
    const bool url = node.is_scalar() && node.text().find("://") != std::string_view::npos;
    const bool shown = node.is_scalar() && node.source() == Node::Source::Written && !url;
    const bool takes_url = schema.index_of("url") != schema.fields().size();
    std::string what = json() ? "expected an object, found " : "expected a map, found ";
    what += shown ? quoted(node.text()) : std::string(noun(node.kind()));
    return fail(node.mark(), step, what, url && takes_url ? "write it as {url: ...}" : "", "type");
  }
  bool good = value(node, {*shorthand, *shorthand->type, shorthand->place_in(object), step});
  for (std::size_t i = 0; i < schema.fields().size(); ++i) {
    if (&schema.fields()[i] != shorthand) good &= absent(node, schema, i, object, step);
  }
  return good && rules(node, schema, object, step);
}

bool Binding::entries(const Node& node, const ObjectSchema& schema, void* object,
                      const Step* step) {
  bool good = true;
  FieldSet seen;
  for (const auto& [key, entry] : node.entries()) {
    const Step here{step, key.text()};
    const std::size_t index = schema.index_of(key.text());
    if (index == schema.fields().size()) {
      good &= unknown_key(key, schema, here);
      continue;
    }
    const FieldSchema& field = schema.fields()[index];
    if (field.deprecated) warn_deprecated(key, field, here);
    // Null is a way to write nothing: the field then counts as absent.
    if (entry.is_null() && field.type->element != nullptr) continue;
    seen.set(index);
    good &= value(entry, {field, *field.type, field.place_in(object), &here});
  }
  for (std::size_t i = 0; i < schema.fields().size(); ++i) {
    if (!seen.test(i)) good &= absent(node, schema, i, object, step);
  }
  return good;
}

bool Binding::unknown_key(const Node& key, const ObjectSchema& schema, const Step& step) {
  const std::vector<std::string_view> names = offered_names(schema);
  std::string remedy;
  if (const auto meant = base::closest(key.text(), names); !meant.empty()) {
    remedy = "did you mean " + quoted(meant) + "?";
  } else if (names.empty()) {
    remedy = "nothing can be set here";
  } else if (names.size() <= NamesToList) {
    remedy = "known keys: " + base::join(names, ", ");
  }
  return fail(key.mark(), &step, "unknown key", remedy, "unknown_field");
}

bool Binding::absent(const Node& node, const ObjectSchema& schema, std::size_t index, void* object,
                     const Step* step) {
  const FieldSchema& field = schema.fields()[index];
  const Step here{step, field.name};
  // Only what stands at the place of use itself has the plugin's settings behind it.
  if (field.inherited && step == nullptr && context_.parent != nullptr) {
    return inherit(node, field, object, here);
  }
  if (field.required) {
    return fail(node.mark(), &here, "required key is missing",
                "add it: " + expected(field, *field.type), "required");
  }
  if (field.type->kind == Kind::Object) {
    // As if it were written without content: what is required in it is missed.
    return this->object(Node::null(node.mark()), field.type->object(), field.place_in(object),
                        &here);
  }
  if (!may_hold_facts(field)) return true;
  return facts_below(node.mark(), {field, *field.type, field.place_in(object), &here});
}

bool Binding::inherit(const Node& node, const FieldSchema& field, void* object, const Step& step) {
  const FieldSchema* source = context_.parent_schema->find(field.name);
  const bool copied =
      source != nullptr && copy_value(*source->type, source->place_in(context_.parent), *field.type,
                                      field.place_in(object));
  if (!copied) {
    return fail(node.mark(), &step,
                "the describe() of these settings is wrong: there is no such setting to inherit",
                "tell the author of the plugin");
  }
  if (!may_hold_facts(field)) return true;
  return facts_below(node.mark(), {field, *field.type, field.place_in(object), &step});
}

bool Binding::rules(const Node& node, const ObjectSchema& schema, const void* object,
                    const Step* step) {
  bool good = true;
  for (const detail::ObjectRule& rule : schema.rules()) {
    try {
      if (!rule.holds(object)) good = fail_sentence(node.mark(), step, rule.sentence);
    } catch (const std::exception& error) {
      good = fail(node.mark(), step, rule.sentence + " (the check failed: " + error.what() + ")");
    } catch (...) {
      good = fail(node.mark(), step, rule.sentence + " (the check failed)");
    }
  }
  return good;
}

void Binding::warn_deprecated(const Node& key, const FieldSchema& field, const Step& step) {
  std::string what = "deprecated";
  if (!field.removed_in.empty()) what += ", goes away in " + field.removed_in;
  const std::string remedy =
      field.replaced_by.empty() ? std::string() : "write " + quoted(field.replaced_by) + " instead";
  context_.problems.warning(key.mark(), path_of(&step), what, remedy);
}

}  // namespace portico::config

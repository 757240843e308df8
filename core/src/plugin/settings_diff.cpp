// SPDX-License-Identifier: Apache-2.0
#include "plugin/settings_diff.h"

#include "config/problems.h"

#include <cstddef>
#include <string_view>

namespace portico::plugin {
namespace {

using detail::FieldSchema;
using detail::Kind;
using detail::ObjectSchema;
using detail::Type;

template <class T>
const T& as(const void* place) {
  return *static_cast<const T*>(place);
}

bool same(const Type& type, const void* a, const void* b);

bool same_object(const ObjectSchema& schema, const void* a, const void* b) {
  for (const FieldSchema& field : schema.fields()) {
    if (!same(*field.type, field.place_in(a), field.place_in(b))) return false;
  }
  return true;
}

bool same_container(const Type& type, const void* a, const void* b) {
  const std::size_t count = type.count(a);
  if (count != type.count(b)) return false;
  for (std::size_t i = 0; i < count; ++i) {
    std::string_view key_of_a;
    std::string_view key_of_b;
    const void* element_of_a = type.at(a, i, &key_of_a);
    const void* element_of_b = type.at(b, i, &key_of_b);
    if (key_of_a != key_of_b || !same(*type.element, element_of_a, element_of_b)) return false;
  }
  return true;
}

bool same(const Type& type, const void* a, const void* b) {
  switch (type.kind) {
    case Kind::Boolean:
    case Kind::Integer:
    case Kind::Choice:
    case Kind::Duration: return type.load_integer(a) == type.load_integer(b);
    case Kind::Real:
      return !(type.load_real(a) < type.load_real(b)) && !(type.load_real(b) < type.load_real(a));
    case Kind::Text: return as<std::string>(a) == as<std::string>(b);
    case Kind::Bytes: return as<Bytes>(a) == as<Bytes>(b);
    case Kind::Cidr: return as<Cidr>(a) == as<Cidr>(b);
    case Kind::Url: return as<Url>(a).text == as<Url>(b).text;
    case Kind::Origin: return as<Origin>(a) == as<Origin>(b);
    case Kind::Secret: return as<Secret>(a).reveal() == as<Secret>(b).reveal();
    case Kind::Template: return as<Template>(a).source() == as<Template>(b).source();
    case Kind::Object: return same_object(type.object(), a, b);
    case Kind::Optional:
    case Kind::List:
    case Kind::Map: return same_container(type, a, b);
    case Kind::Json: return as<Json>(a).text == as<Json>(b).text;
    case Kind::Raw: return true;  // Core's own; a plugin cannot have it.
  }
  return true;
}

void collect(const ObjectSchema& schema, const void* before, const void* after,
             std::string_view path, std::vector<std::string>& changed) {
  for (const FieldSchema& field : schema.fields()) {
    const void* a = field.place_in(before);
    const void* b = field.place_in(after);
    const std::string place = config::child_path(path, field.name);
    if (field.restarts) {
      if (!same(*field.type, a, b)) changed.push_back(place);
    } else if (field.type->kind == Kind::Object) {
      collect(field.type->object(), a, b, place, changed);
    }
  }
}

}  // namespace

std::vector<std::string> changed_restart_fields(const ObjectSchema& schema, const void* before,
                                                const void* after) {
  std::vector<std::string> changed;
  collect(schema, before, after, {}, changed);
  return changed;
}

}  // namespace portico::plugin

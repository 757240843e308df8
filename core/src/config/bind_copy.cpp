// SPDX-License-Identifier: Apache-2.0
// One described value into another, for settings that are inherited.
#include "config/binding.h"

namespace portico::config {
namespace {

using detail::Kind;
using detail::Type;

template <class T>
bool assign(const void* source, void* target) {
  *static_cast<T*>(target) = *static_cast<const T*>(source);
  return true;
}

bool copy_elements(const Type& from, const void* source, const Type& to, void* target) {
  to.clear(target);
  const std::size_t count = from.count(source);
  for (std::size_t i = 0; i < count; ++i) {
    std::string_view key;
    const void* element = from.at(source, i, &key);
    if (!copy_value(*from.element, element, *to.element, to.append(target, std::string(key)))) {
      return false;
    }
  }
  return true;
}

bool copy_fields(const detail::ObjectSchema& from, const void* source,
                 const detail::ObjectSchema& to, void* target) {
  for (const detail::FieldSchema& field : to.fields()) {
    const detail::FieldSchema* other = from.find(field.name);
    if (other == nullptr ||
        !copy_value(*other->type, other->place_in(source), *field.type, field.place_in(target))) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool copy_value(const Type& from, const void* source, const Type& to, void* target) {
  if (from.kind == Kind::Optional && to.kind != Kind::Optional) {
    std::string_view no_key;
    if (from.count(source) == 0) return true;
    return copy_value(*from.element, from.at(source, 0, &no_key), to, target);
  }
  if (to.kind == Kind::Optional && from.kind != Kind::Optional) {
    return copy_value(from, source, *to.element, to.append(target, {}));
  }
  if (from.kind != to.kind) return false;
  switch (to.kind) {
    case Kind::Boolean:
    case Kind::Integer:
    case Kind::Choice:
    case Kind::Duration: to.store_integer(target, from.load_integer(source)); return true;
    case Kind::Real: to.store_real(target, from.load_real(source)); return true;
    case Kind::Text: return assign<std::string>(source, target);
    case Kind::Bytes: return assign<Bytes>(source, target);
    case Kind::Cidr: return assign<Cidr>(source, target);
    case Kind::Url: return assign<Url>(source, target);
    case Kind::Origin: return assign<Origin>(source, target);
    case Kind::Secret: return assign<Secret>(source, target);
    case Kind::Template: return assign<Template>(source, target);
    case Kind::Json: return assign<Json>(source, target);
    case Kind::Raw: return assign<const Node*>(source, target);
    case Kind::Object: return copy_fields(from.object(), source, to.object(), target);
    case Kind::Optional:
    case Kind::List:
    case Kind::Map: return copy_elements(from, source, to, target);
  }
  return false;
}

}  // namespace portico::config

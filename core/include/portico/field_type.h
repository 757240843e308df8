// SPDX-License-Identifier: Apache-2.0
// How core reads and writes the value of a setting without knowing its C++ type: one table of plain
// functions per type, made in the plugin that uses the type. Nothing here is for authors; schema.h
// says what a field may be.
#pragma once

#include <portico/units.h>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace portico {

template <class T>
class Schema;

/// A struct with a `describe`.
template <class T>
concept Described = requires(Schema<T>& schema) { T::describe(schema); };

namespace detail {

class ObjectSchema;  // What core knows of a described struct. Opaque to plugins.

enum class Kind : std::uint8_t {
  Boolean,
  Integer,
  Real,
  Text,
  Choice,
  Duration,
  Bytes,
  Cidr,
  Url,
  Origin,
  Secret,
  Template,
  Object,
  Optional,
  List,
  Map,
  Raw,
  Json,
};

/// How core reads and writes a value of one C++ type without knowing the type.
struct Type {
  std::uint32_t size = sizeof(Type);
  Kind kind{};
  const Type* element = nullptr;              ///< Optional, List, Map.
  const ObjectSchema& (*object)() = nullptr;  ///< Object.
  std::int64_t lowest = 0;                    ///< Integer, Choice, Duration: range of the type.
  std::uint64_t highest = 0;
  /// Integer, Choice, Boolean; Duration in ns.
  void (*store_integer)(void*, std::int64_t) = nullptr;
  std::int64_t (*load_integer)(const void*) = nullptr;
  void (*store_real)(void*, double) = nullptr;
  double (*load_real)(const void*) = nullptr;
  /// Optional, List, Map: a new element.
  void* (*append)(void* container, std::string&& key) = nullptr;
  void (*clear)(void* container) = nullptr;
  std::size_t (*count)(const void* container) = nullptr;
  const void* (*at)(const void* container, std::size_t index, std::string_view* key) = nullptr;
};

template <class T>
const Type& type_of();
/// Of a described struct; schema.h makes it.
template <class T>
const ObjectSchema& schema_of();

template <class T>
struct IsDuration : std::false_type {};
template <class Rep, class Period>
struct IsDuration<std::chrono::duration<Rep, Period>> : std::true_type {};

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T>
struct IsList : std::false_type {};
template <class T>
struct IsList<std::vector<T>> : std::true_type {};

template <class T>
struct IsMap : std::false_type {};
template <class T>
struct IsMap<std::map<std::string, T>> : std::true_type {};

template <class T, class Stored>
void allow_integers(Type& type) {
  type.lowest = static_cast<std::int64_t>(std::numeric_limits<Stored>::lowest());
  type.highest = static_cast<std::uint64_t>(std::numeric_limits<Stored>::max());
  type.store_integer = [](void* place, std::int64_t value) {
    *static_cast<T*>(place) = static_cast<T>(value);
  };
  type.load_integer = [](const void* place) {
    return static_cast<std::int64_t>(*static_cast<const T*>(place));
  };
}

template <class T>
void describe_scalar(Type& type) {
  if constexpr (std::same_as<T, bool>) {
    type.kind = Kind::Boolean;
    allow_integers<T, std::uint8_t>(type);
  } else if constexpr (std::is_enum_v<T>) {
    type.kind = Kind::Choice;
    allow_integers<T, std::underlying_type_t<T>>(type);
  } else if constexpr (std::integral<T>) {
    type.kind = Kind::Integer;
    allow_integers<T, T>(type);
  } else if constexpr (std::floating_point<T>) {
    type.kind = Kind::Real;
    type.store_real = [](void* place, double value) {
      *static_cast<T*>(place) = static_cast<T>(value);
    };
    type.load_real = [](const void* place) {
      return static_cast<double>(*static_cast<const T*>(place));
    };
  } else if constexpr (IsDuration<T>::value) {
    using std::chrono::nanoseconds;
    type.kind = Kind::Duration;
    type.lowest = 0;
    type.highest = static_cast<std::uint64_t>(nanoseconds::max().count());
    type.store_integer = [](void* place, std::int64_t value) {
      *static_cast<T*>(place) = std::chrono::duration_cast<T>(nanoseconds(value));
    };
    type.load_integer = [](const void* place) {
      return std::chrono::duration_cast<nanoseconds>(*static_cast<const T*>(place)).count();
    };
  } else if constexpr (std::same_as<T, std::string>) {
    type.kind = Kind::Text;
  } else if constexpr (std::same_as<T, Bytes>) {
    type.kind = Kind::Bytes;
  } else if constexpr (std::same_as<T, Cidr>) {
    type.kind = Kind::Cidr;
  } else if constexpr (std::same_as<T, Url>) {
    type.kind = Kind::Url;
  } else if constexpr (std::same_as<T, Origin>) {
    type.kind = Kind::Origin;
  } else if constexpr (std::same_as<T, Secret>) {
    type.kind = Kind::Secret;
  } else if constexpr (std::same_as<T, Json>) {
    type.kind = Kind::Json;
  } else if constexpr (std::same_as<T, Template>) {
    type.kind = Kind::Template;
  } else {
    static_assert(Described<T>, "a field's type needs a static describe(Schema<T>&)");
    type.kind = Kind::Object;
    type.object = &schema_of<T>;
  }
}

template <class T>
void describe_container(Type& type) {
  if constexpr (IsOptional<T>::value) {
    type.kind = Kind::Optional;
    type.append = [](void* place, std::string&&) -> void* {
      return &static_cast<T*>(place)->emplace();
    };
    type.clear = [](void* place) { static_cast<T*>(place)->reset(); };
    type.count = [](const void* place) -> std::size_t {
      return static_cast<const T*>(place)->has_value() ? 1 : 0;
    };
    type.at = [](const void* place, std::size_t, std::string_view*) -> const void* {
      return &**static_cast<const T*>(place);
    };
  } else {
    type.clear = [](void* place) { static_cast<T*>(place)->clear(); };
    type.count = [](const void* place) { return static_cast<const T*>(place)->size(); };
    if constexpr (IsList<T>::value) {
      static_assert(!std::same_as<typename T::value_type, bool>, "use a list of an enum instead");
      type.kind = Kind::List;
      type.append = [](void* place, std::string&&) -> void* {
        return &static_cast<T*>(place)->emplace_back();
      };
      type.at = [](const void* place, std::size_t index, std::string_view*) -> const void* {
        return &(*static_cast<const T*>(place))[index];
      };
    } else {
      type.kind = Kind::Map;
      type.append = [](void* place, std::string&& key) -> void* {
        return &(*static_cast<T*>(place))[std::move(key)];
      };
      type.at = [](const void* place, std::size_t index, std::string_view* key) -> const void* {
        const auto entry =
            std::next(static_cast<const T*>(place)->begin(), static_cast<std::ptrdiff_t>(index));
        *key = entry->first;
        return &entry->second;
      };
    }
  }
}

template <class T>
Type make_type() {
  Type type;
  if constexpr (IsOptional<T>::value || IsList<T>::value) {
    type.element = &type_of<typename T::value_type>();
    describe_container<T>(type);
  } else if constexpr (IsMap<T>::value) {
    type.element = &type_of<typename T::mapped_type>();
    describe_container<T>(type);
  } else {
    describe_scalar<T>(type);
  }
  return type;
}

template <class T>
const Type& type_of() {
  static const Type type = make_type<T>();
  return type;
}

}  // namespace detail
}  // namespace portico

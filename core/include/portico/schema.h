// SPDX-License-Identifier: Apache-2.0
// Settings and bodies, declared once. A plain struct with a static `describe(Schema<T>&)` is all
// that binding, defaults, checks, error texts, JSON Schema and the option tables of the docs are
// made from.
//
//   struct Config {
//     std::chrono::milliseconds per = 1min;
//     static void describe(portico::Schema<Config>& s) {
//       s.summary("Limits how often a client may call.");
//       s.field("per", &Config::per, "The window.").min(1s);
//       s.rule("`burst` must be at least `limit`", [](const Config& c) { return c.burst >= c.limit;
//       });
//     }
//   };
//
// A field may be bool, an integer, a floating-point number, std::string, an enum (with `.names`), a
// duration, a unit of units.h, another described struct, or std::optional, std::vector or
// std::map<std::string, ...> of these.
#pragma once

#include <portico/api.h>
#include <portico/callable.h>
#include <portico/units.h>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
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
struct FieldSchema;  // What core knows of one field. Opaque to plugins.

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
};

/// How core reads and writes a value of one C++ type without knowing the type.
struct Type {
  std::uint32_t size = sizeof(Type);
  Kind kind{};
  const Type* element = nullptr;              ///< Optional, List, Map.
  const ObjectSchema& (*object)() = nullptr;  ///< Object.
  std::int64_t lowest = 0;                    ///< Integer, Choice, Duration: range of the type.
  std::uint64_t highest = 0;
  void (*store_integer)(void*,
                        std::int64_t) = nullptr;  ///< Integer, Choice, Boolean; Duration in ns.
  std::int64_t (*load_integer)(const void*) = nullptr;
  void (*store_real)(void*, double) = nullptr;
  double (*load_real)(const void*) = nullptr;
  void* (*append)(void* container,
                  std::string&& key) = nullptr;  ///< Optional, List, Map: a new element.
  void (*clear)(void* container) = nullptr;
  std::size_t (*count)(const void* container) = nullptr;
  const void* (*at)(const void* container, std::size_t index, std::string_view* key) = nullptr;
};

PORTICO_API ObjectSchema* make_object_schema(const void* defaults);
PORTICO_API void set_summary(ObjectSchema&, std::string_view);
PORTICO_API FieldSchema* add_field(ObjectSchema&, std::string_view name, const Type&,
                                   std::size_t offset, std::string_view doc);
PORTICO_API void add_rule(ObjectSchema&, std::string_view sentence,
                          Callable<bool(const void*)> holds);
PORTICO_API void set_shorthand(ObjectSchema&, std::string_view field);

template <class T>
const Type& type_of();
template <class T>
const ObjectSchema& schema_of();

}  // namespace detail

/// A word of the file and the value of an enum that it stands for.
struct Word {
  template <class E>
    requires std::is_enum_v<E>
  constexpr Word(std::string_view word, E meaning)
      : text(word), value(static_cast<std::int64_t>(meaning)) {}

  std::string_view text;
  std::int64_t value;
};

/// One declared field, for saying more of it. Every function returns the field.
class PORTICO_API Field {
 public:
  explicit Field(detail::FieldSchema* field) noexcept : field_(field) {}

  Field required();
  /// Inclusive bounds of a number, an amount, or of the length of a text, list or map.
  Field min(double bound);
  Field max(double bound);
  template <class Rep, class Period>
  Field min(std::chrono::duration<Rep, Period> bound) {
    return min(nanoseconds(bound));
  }
  template <class Rep, class Period>
  Field max(std::chrono::duration<Rep, Period> bound) {
    return max(nanoseconds(bound));
  }
  Field min(Bytes bound) { return min(static_cast<double>(bound.count)); }
  Field max(Bytes bound) { return max(static_cast<double>(bound.count)); }
  /// The words of an enum, in the order of the docs: `.names({{"client", By::Client}, ...})`.
  Field names(std::initializer_list<Word> words) {
    for (const Word& word : words) name(word.text, word.value);
    return *this;
  }
  /// The texts that are accepted, for a std::string.
  Field one_of(std::initializer_list<std::string_view> words);
  /// In a Use: absent means the value of the plugin's field of the same name.
  Field inherit();
  /// A reload that changes it is refused.
  Field restart();
  /// Never printed. `Secret` is so by itself.
  Field secret();
  /// Shown in the docs.
  Field example(std::string_view yaml);
  /// Still read, with a warning that names what to write instead.
  Field deprecated(std::string_view replaced_by, std::string_view removed_in);
  /// The field, when it has this word or value, makes sense only behind a middleware that `gives`
  /// the fact ("identity"); `portico check` says so otherwise.
  Field needs(std::string_view fact, std::string_view when_word);

 private:
  static double nanoseconds(std::chrono::duration<double, std::nano> bound) {
    return bound.count();
  }
  Field name(std::string_view word, std::int64_t value);

  detail::FieldSchema* field_;
};

/// Handed to `T::describe`.
template <class T>
class Schema {
 public:
  explicit Schema(detail::ObjectSchema& object, const T& defaults)
      : object_(object), defaults_(defaults) {}

  /// One sentence on what these settings are for.
  void summary(std::string_view sentence) { detail::set_summary(object_, sentence); }

  /// One field: its key in the file, its member, one sentence. The member's initial value is the
  /// default.
  template <class M, class Owner>
    requires std::derived_from<T, Owner>
  Field field(std::string_view name, M Owner::*member, std::string_view doc) {
    const auto* base = reinterpret_cast<const std::byte*>(&defaults_);
    const auto* place = reinterpret_cast<const std::byte*>(&(defaults_.*member));
    return Field(detail::add_field(object_, name, detail::type_of<M>(),
                                   static_cast<std::size_t>(place - base), doc));
  }

  /// A rule across fields. The sentence is the error text; say what to do in it.
  template <class Predicate>
    requires std::predicate<Predicate, const T&>
  void rule(std::string_view sentence, Predicate holds) {
    detail::add_rule(object_, sentence, [holds = std::move(holds)](const void* value) {
      return holds(*static_cast<const T*>(value));
    });
  }

  /// Where the file has something other than a map, it is read as this field's value.
  void shorthand(std::string_view field) { detail::set_shorthand(object_, field); }

 private:
  detail::ObjectSchema& object_;
  const T& defaults_;
};

/// For plugins and middlewares that take no settings.
struct NoSettings {
  static void describe(Schema<NoSettings>& schema) { schema.summary("Takes no settings."); }
};

namespace detail {

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

template <class T>
const ObjectSchema& schema_of() {
  static const T defaults{};
  static const ObjectSchema* const object = [] {
    ObjectSchema* made = make_object_schema(&defaults);
    Schema<T> schema(*made, defaults);
    T::describe(schema);
    return made;
  }();
  return *object;
}

}  // namespace detail
}  // namespace portico

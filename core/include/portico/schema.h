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
//       s.rule("`per` must be whole seconds", [](const Config& c) { return c.per % 1s == 0s; });
//     }
//   };
//
// A field may be bool, an integer, a floating-point number, std::string, an enum (with `.names`), a
// duration, a unit of units.h, another described struct, or std::optional, std::vector or
// std::map<std::string, ...> of these.
#pragma once

#include <portico/api.h>
#include <portico/callable.h>
#include <portico/field_type.h>
#include <portico/units.h>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace portico {
namespace detail {

struct FieldSchema;  // What core knows of one field. Opaque to plugins.

PORTICO_API ObjectSchema* make_object_schema(const void* defaults);
PORTICO_API void set_summary(ObjectSchema&, std::string_view);
PORTICO_API FieldSchema* add_field(ObjectSchema&, std::string_view name, const Type&,
                                   std::size_t offset, std::string_view doc);
PORTICO_API void add_rule(ObjectSchema&, std::string_view sentence,
                          Callable<bool(const void*)> holds);
PORTICO_API void set_shorthand(ObjectSchema&, std::string_view field);

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
  /// What is wrong with a text, as a sentence that says what to write instead behind "; "; empty
  /// when nothing is. For a std::string, also in a list or map, whose every item is asked about.
  Field check(Callable<std::string(std::string_view text)> fault);
  /// The same for the keys of a map.
  Field check_keys(Callable<std::string(std::string_view key)> fault);
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
  /// The field, when it has this word or value, or any where the word is empty, makes sense only
  /// behind a middleware that `gives` the fact ("identity"); `portico check` says so otherwise.
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

// SPDX-License-Identifier: Apache-2.0
// What core knows of a described struct: the other side of <portico/schema.h>. Made once, by the
// first call of schema_of<T>(), and immutable from then on, so every thread may read it. A
// describe() that contradicts itself is a mistake of the plugin's author: what can be seen at once
// throws std::logic_error there, what needs the whole struct is told by `flaw()`.
#pragma once

#include <portico/schema.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::config {
class Node;
}

namespace portico::detail {

/// A word of an enum.
struct FieldWord {
  std::string word;
  std::int64_t value;
};

/// With this word the field needs the fact (see Field::needs).
struct FieldNeed {
  std::string fact;
  std::string word;
};

struct FieldSchema {
  std::string name;
  std::string doc;
  const Type* type;
  Kind inner;  ///< Of the type below every optional, list and map.
  std::size_t offset;
  std::optional<double> min;  ///< In the unit of the type: nanoseconds, bytes, or the length.
  std::optional<double> max;
  std::vector<FieldWord> words;                       ///< Choice: what Field::names gave.
  std::vector<std::string> one_of;                    ///< Text: what Field::one_of gave.
  Callable<std::string(std::string_view)> fault;      ///< Text: what Field::check gave.
  Callable<std::string(std::string_view)> key_fault;  ///< Map: what Field::check_keys gave.
  std::vector<FieldNeed> needs;
  std::string example;
  std::string replaced_by;  ///< Together with `removed_in`, when `deprecated`.
  std::string removed_in;
  bool required = false;
  bool inherited = false;
  bool restarts = false;
  bool hidden = false;  ///< Field::secret().
  bool deprecated = false;

  /// Required, or a struct in which something is.
  [[nodiscard]] bool demanded() const;
  [[nodiscard]] void* place_in(void* object) const noexcept;
  [[nodiscard]] const void* place_in(const void* object) const noexcept;
  /// The word of a value of the enum; empty when none was declared for it.
  [[nodiscard]] std::string_view word_of(std::int64_t value) const noexcept;
};

struct ObjectRule {
  std::string sentence;
  Callable<bool(const void*)> holds;
};

class ObjectSchema {
 public:
  static constexpr std::size_t MostFields = 256;

  explicit ObjectSchema(const void* defaults) noexcept : defaults_(defaults) {}

  /// A default-constructed object of the struct, where the defaults are read from.
  [[nodiscard]] const void* defaults() const noexcept { return defaults_; }
  [[nodiscard]] const std::string& summary() const noexcept { return summary_; }
  [[nodiscard]] const std::deque<FieldSchema>& fields() const noexcept { return fields_; }
  [[nodiscard]] const std::deque<ObjectRule>& rules() const noexcept { return rules_; }
  /// Index of the field of that name, or fields().size().
  [[nodiscard]] std::size_t index_of(std::string_view name) const noexcept;
  [[nodiscard]] const FieldSchema* find(std::string_view name) const noexcept;
  /// The field that stands for the whole where the file has no map; null when there is none.
  [[nodiscard]] const FieldSchema* shorthand() const noexcept;
  /// What is wrong with the describe() itself, in this struct or one below it: a sentence that
  /// names the field. Empty when all is well, which is remembered.
  [[nodiscard]] std::string flaw() const;

 private:
  friend void set_summary(ObjectSchema&, std::string_view);
  friend FieldSchema* add_field(ObjectSchema&, std::string_view, const Type&, std::size_t,
                                std::string_view);
  friend void add_rule(ObjectSchema&, std::string_view, Callable<bool(const void*)>);
  friend void set_shorthand(ObjectSchema&, std::string_view);

  const void* defaults_;
  std::string summary_;
  std::string shorthand_;
  std::deque<FieldSchema> fields_;  // A deque: Field keeps pointers while more are added.
  std::vector<std::string_view> names_;
  std::deque<ObjectRule> rules_;
  mutable std::atomic<bool> sound_ = false;
};

/// The type below any number of std::optional: what bounds are about.
[[nodiscard]] const Type& bounded_type(const Type& type) noexcept;
/// The type below every optional, list and map: what words are about.
[[nodiscard]] const Type& innermost_type(const Type& type) noexcept;

/// A part of the file that core itself interprets later: bound as the node it is. Core only.
template <>
inline const Type& type_of<const config::Node*>() {
  static const Type type = [] {
    Type raw;
    raw.kind = Kind::Raw;
    return raw;
  }();
  return type;
}

}  // namespace portico::detail

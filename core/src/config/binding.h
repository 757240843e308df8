// SPDX-License-Identifier: Apache-2.0
// One run of the binder, for the files that it is made of; everyone else includes binder.h.
// Every function that binds returns whether all went well, having added a problem where it did not.
#pragma once

#include "config/binder.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace portico::config {

/// The way from the root to a value, kept on the stack: the path is only written out for a problem.
struct Step {
  static constexpr std::size_t NoIndex = static_cast<std::size_t>(-1);

  const Step* parent = nullptr;
  std::string_view key;
  std::size_t index = NoIndex;
};

/// Whether the field's bounds are about this value, or about the list or map that holds it.
enum class Bounds : std::uint8_t { Apply, BelongAbove };

/// Where a value goes.
struct Target {
  const detail::FieldSchema& field;
  const detail::Type& type;
  void* place;
  const Step* step;
  Bounds bounds = Bounds::Apply;
};

class Binding {
 public:
  Binding(BindContext& context, std::string_view root) noexcept : context_(context), root_(root) {}

  bool object(const Node& node, const detail::ObjectSchema& schema, void* object, const Step* step);
  bool value(const Node& node, const Target& target);

 private:
  // binder.cpp
  bool optional(const Node& node, const Target& target);
  bool list(const Node& node, const Target& target);
  bool map(const Node& node, const Target& target);
  bool map_key(const Node& key, const Target& target, const Step& step);

  // bind_object.cpp
  bool entries(const Node& node, const detail::ObjectSchema& schema, void* object,
               const Step* step);
  bool unknown_key(const Node& key, const detail::ObjectSchema& schema, const Step& step);
  bool absent(const Node& node, const detail::ObjectSchema& schema, std::size_t field, void* object,
              const Step* step);
  bool inherit(const Node& node, const detail::FieldSchema& field, void* object, const Step& step);
  bool rules(const Node& node, const detail::ObjectSchema& schema, const void* object,
             const Step* step);
  void warn_deprecated(const Node& key, const detail::FieldSchema& field, const Step& step);

  // bind_scalar.cpp
  bool scalar(const Node& node, const Target& target);
  bool boolean(const Node& node, const Target& target);
  bool integer(const Node& node, const Target& target);
  bool real(const Node& node, const Target& target);
  bool text(const Node& node, const Target& target);
  bool choice(const Node& node, const Target& target);

  // bind_unit.cpp
  bool unit(const Node& node, const Target& target);
  bool duration(const Node& node, const Target& target);
  bool bytes(const Node& node, const Target& target);
  bool templated(const Node& node, const Target& target);

  // bind_fact.cpp: what the value means for the chain that it is used in.
  bool facts(Mark mark, const Target& target);
  bool facts_below(Mark mark, const Target& target);
  bool template_facts(Mark mark, const Target& target);
  void need(Mark mark, const Target& target, std::string_view fact, std::string_view value);

  // bind_fault.cpp
  bool fail(Mark mark, const Step* step, std::string_view what, std::string_view remedy = {},
            std::string_view code = "invalid");
  /// `sentence` may end in "; what to do".
  bool fail_sentence(Mark mark, const Step* step, std::string_view sentence);
  /// The same of a value; the sentence is kept back when it could repeat a secret.
  bool refuse(const Node& node, const Target& target, std::string_view sentence);
  bool unexpected(const Node& node, const Target& target, std::string_view remedy = {});
  bool out_of_bounds(const Node& node, const Target& target, std::string_view bound);
  /// What the field takes: "a duration such as 10s".
  [[nodiscard]] std::string expected(const detail::FieldSchema& field,
                                     const detail::Type& type) const;
  /// What is there instead; never what a secret or a variable holds.
  [[nodiscard]] std::string found(const Node& node, const Target& target) const;
  [[nodiscard]] std::string path_of(const Step* step) const;
  [[nodiscard]] bool json() const noexcept { return context_.notation == Notation::Json; }

  bool check_bounds(const Node& node, const Target& target, long double amount);
  bool check_length(const Node& node, const Target& target, std::size_t length,
                    std::string_view unit);

  BindContext& context_;
  std::string_view root_;
};

/// Whether what the file says may be repeated in an error.
[[nodiscard]] bool may_be_shown(const Node& node, const detail::FieldSchema& field) noexcept;
/// Whether a file may write a list of these that has one item as that item: `host: example.com`.
[[nodiscard]] bool may_stand_alone(const detail::Type& element) noexcept;
/// In quotes, cut when long.
[[nodiscard]] std::string quoted(std::string_view text);
/// An amount in the unit of the type, as the file writes it.
[[nodiscard]] std::string print_amount(detail::Kind kind, double amount);

/// Copies a value of one type into another of the same shape; an optional may stand on either side.
/// False when the shapes differ.
bool copy_value(const detail::Type& from, const void* source, const detail::Type& to, void* target);

}  // namespace portico::config

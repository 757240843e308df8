// SPDX-License-Identifier: Apache-2.0
// What a grant may depend on: a condition on attributes of the subject, of the resource and of the
// circumstances, written as JSON:
//
//     {"and": [{"eq": ["resource.state", "open"]}, {"owner": "resource.author"}]}
//
// Immutable once it is parsed; read by any number of threads at once.
#pragma once

#include "condition/attributes.h"
#include "condition/fault.h"
#include "condition/node.h"
#include "condition/truth.h"

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace portico::rbac {

class Condition {
 public:
  using Fault = condition::Fault;

  /// Strict: UTF-8, no two members of one name, no members that mean nothing; at most 16 KiB, 32
  /// parts, 8 deep, 100 in a list.
  [[nodiscard]] static std::variant<Condition, Fault> parse(std::string_view json);

  /// Unknown where an attribute that matters is missing or of a kind that does not fit. On any
  /// thread, a loop too; allocates nothing.
  [[nodiscard]] Truth truth(const Attributes& attributes) const noexcept;
  /// The innermost part that does not hold or is unknown, as JSON, and why; all parts of an "or".
  /// Empty where the condition holds. It shows values of attributes.
  [[nodiscard]] std::string failing(const Attributes& attributes) const;
  /// Canonical JSON: parses to the same condition.
  [[nodiscard]] std::string text() const;

  bool operator==(const Condition&) const = default;

 private:
  explicit Condition(condition::Nodes nodes) noexcept : nodes_(std::move(nodes)) {}

  condition::Nodes nodes_;
};

}  // namespace portico::rbac

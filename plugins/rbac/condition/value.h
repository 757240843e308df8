// SPDX-License-Identifier: Apache-2.0
// What conditions compare: values of attributes, and the literals that a condition holds. Any
// thread.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace portico::rbac {

/// What an attribute has; std::monostate: it is missing. A text lives as long as what gave it.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string_view>;

namespace condition {

/// What a condition itself says.
using Literal = std::variant<bool, std::int64_t, double, std::string>;

/// Lives as long as the literal.
[[nodiscard]] Value value_of(const Literal& literal) noexcept;

/// How two values stand to each other; unordered where they are not to be compared: one is missing
/// or not a number, or they are of different kinds. An integer and a double are compared exactly,
/// not after one became the other: 2^53 + 1 is not 2^53. Texts are compared byte by byte, which in
/// UTF-8 is the order of code points.
[[nodiscard]] std::partial_ordering order(const Value& left, const Value& right) noexcept;

}  // namespace condition
}  // namespace portico::rbac

// SPDX-License-Identifier: Apache-2.0
#include "condition/value.h"

#include <cmath>
#include <type_traits>

namespace portico::rbac::condition {
namespace {

template <class T>
constexpr bool IsNumber = std::is_same_v<T, std::int64_t> || std::is_same_v<T, double>;

// Neither becomes the other's type, which would round: the double is cut at its point instead, and
// what is behind the point decides between equal whole parts.
std::partial_ordering order_of(std::int64_t whole, double number) noexcept {
  constexpr double Beyond = 0x1p63;  // The first double that no int64 holds.
  if (std::isnan(number)) return std::partial_ordering::unordered;
  if (number >= Beyond) return std::partial_ordering::less;
  if (number < -Beyond) return std::partial_ordering::greater;
  const double cut = std::trunc(number);
  const auto cut_whole = static_cast<std::int64_t>(cut);
  if (whole != cut_whole) return whole <=> cut_whole;
  return cut <=> number;
}

template <class Left, class Right>
std::partial_ordering order_of(const Left& left, const Right& right) noexcept {
  constexpr bool Same = std::is_same_v<Left, Right>;
  if constexpr (Same && !std::is_same_v<Left, std::monostate>) {
    return left <=> right;
  } else if constexpr (!Same && IsNumber<Left> && IsNumber<Right>) {
    return 0 <=> order_of(right, left);
  } else {
    return std::partial_ordering::unordered;
  }
}

}  // namespace

Value value_of(const Literal& literal) noexcept {
  return std::visit(
      [](const auto& value) -> Value {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string>) {
          return std::string_view(value);
        } else {
          return value;
        }
      },
      literal);
}

std::partial_ordering order(const Value& left, const Value& right) noexcept {
  return std::visit([](const auto& l, const auto& r) { return order_of(l, r); }, left, right);
}

}  // namespace portico::rbac::condition

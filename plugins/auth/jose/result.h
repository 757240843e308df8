// SPDX-License-Identifier: Apache-2.0
// A value, or why there is none. What strangers and operators get wrong is a value, never thrown.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace portico::auth {

/// A sentence for an operator to read. Holds no secret.
struct Refusal {
  std::string sentence;
};

template <class T, class E = Refusal>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: reads as it
  Result(E error) : held_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: reads as it

  explicit operator bool() const noexcept { return held_.index() == 0; }

  /// Require a value.
  T& operator*() & { return std::get<0>(held_); }
  const T& operator*() const& { return std::get<0>(held_); }
  T&& operator*() && { return std::get<0>(std::move(held_)); }
  T* operator->() { return &std::get<0>(held_); }
  const T* operator->() const { return &std::get<0>(held_); }

  /// Requires an error.
  [[nodiscard]] const E& error() const { return std::get<1>(held_); }

 private:
  std::variant<T, E> held_;
};

}  // namespace portico::auth

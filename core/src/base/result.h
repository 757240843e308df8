// SPDX-License-Identifier: Apache-2.0
// A value, or a sentence that says why there is none. For what the outside world gets wrong; the
// sentence is for an operator to read.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace portico {

class Error {
 public:
  explicit Error(std::string sentence) : sentence_(std::move(sentence)) {}
  [[nodiscard]] const std::string& sentence() const noexcept { return sentence_; }

 private:
  std::string sentence_;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : held_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: reads as the value
  Result(Error error)
      : held_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: `return Error`

  explicit operator bool() const noexcept { return held_.index() == 0; }

  /// Require a value.
  T& operator*() & { return std::get<0>(held_); }
  const T& operator*() const& { return std::get<0>(held_); }
  T&& operator*() && { return std::get<0>(std::move(held_)); }
  T* operator->() { return &std::get<0>(held_); }
  const T* operator->() const { return &std::get<0>(held_); }

  /// Requires an error.
  [[nodiscard]] const std::string& error() const { return std::get<1>(held_).sentence(); }

 private:
  std::variant<T, Error> held_;
};

}  // namespace portico

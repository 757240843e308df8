// SPDX-License-Identifier: Apache-2.0
// What is wrong with the JSON of a condition, and where. Values, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace portico::rbac::condition {

struct Fault {
  std::string where;     ///< A JSON pointer (RFC 6901); empty: the whole.
  std::string sentence;  ///< Says what to write.
};

/// Where a reader is: the way from the inside out. Lives on the stack, beside what it names.
class Place {
 public:
  Place() = default;
  Place(const Place& outer, std::string_view member) noexcept : outer_(&outer), step_(member) {}
  Place(const Place& outer, std::size_t element) noexcept : outer_(&outer), step_(element) {}

  [[nodiscard]] std::string pointer() const;

 private:
  const Place* outer_ = nullptr;
  std::variant<std::size_t, std::string_view> step_;
};

/// What a JSON pointer adds for one step.
[[nodiscard]] std::string pointer_step(std::string_view member);
[[nodiscard]] std::string pointer_step(std::size_t element);

}  // namespace portico::rbac::condition

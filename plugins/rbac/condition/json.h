// SPDX-License-Identifier: Apache-2.0
// Strict JSON, as one flat tree. What two readers could take in two ways is refused as a whole: two
// members of one name, NUL raw or escaped, bytes that are not UTF-8, lone surrogates, numbers that
// neither an int64 nor a double holds, text after the value. A value of its own, any thread.
#pragma once

#include "condition/fault.h"
#include "condition/value.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace portico::rbac::condition {

class Json {
 public:
  static constexpr std::size_t MostDepth =
      24;  ///< What a condition nested as deep as it may needs.

  static constexpr std::size_t MostMembers = 8;

  struct Null {};
  struct Array {};
  struct Object {};

 private:
  struct Item {
    std::variant<Null, Array, Object, Literal> what;
    std::string key;
    std::uint32_t next = 0;  // Its sibling; 0: none, for the root is nobody's.
    std::uint32_t first = 0;
    std::uint32_t size = 0;  // Elements or members.
  };
  class Builder;

 public:
  /// One value of the tree. Lives as long as the Json that it came from, which must not move.
  class Value {
   public:
    class Iterator {
     public:
      Iterator(const Item* items, std::uint32_t at) noexcept : items_(items), at_(at) {}
      Value operator*() const noexcept { return {items_, at_}; }
      Iterator& operator++() noexcept {
        at_ = items_[at_].next;
        return *this;
      }
      bool operator==(const Iterator& other) const noexcept { return at_ == other.at_; }

     private:
      const Item* items_;
      std::uint32_t at_;
    };

    Value(const Item* items, std::uint32_t at) noexcept : items_(items), at_(at) {}

    [[nodiscard]] bool is_array() const noexcept;
    [[nodiscard]] bool is_object() const noexcept;
    /// Null pointers where it is something else.
    [[nodiscard]] const Literal* literal() const noexcept;
    [[nodiscard]] const std::string* text() const noexcept;
    /// Its name as a member; empty for an element.
    [[nodiscard]] std::string_view key() const noexcept { return items_[at_].key; }
    /// Elements or members, in order.
    [[nodiscard]] std::size_t size() const noexcept { return items_[at_].size; }
    [[nodiscard]] Iterator begin() const noexcept { return {items_, items_[at_].first}; }
    [[nodiscard]] Iterator end() const noexcept { return {items_, 0}; }

   private:
    const Item* items_;
    std::uint32_t at_;
  };

  [[nodiscard]] static std::variant<Json, Fault> parse(std::string_view text);

  [[nodiscard]] Value root() const noexcept { return {items_.data(), 0}; }

 private:
  Json() = default;

  std::vector<Item> items_;
};

}  // namespace portico::rbac::condition

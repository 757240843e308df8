// SPDX-License-Identifier: Apache-2.0
// Strict JSON from strangers: headers and claims of tokens, and keys. What two readers could take
// in two ways is refused as a whole: two members of one name, NUL raw or escaped, bytes that are
// not UTF-8, lone surrogates, text after the value. Nesting ends at 32, an object at 256 members.
// A value of its own, any thread; nothing throws but a lack of memory, which is at most a small
// multiple of the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace portico::auth {

class Json {
 public:
  static constexpr std::size_t MostDepth = 32;
  static constexpr std::size_t MostMembers = 256;

  enum class Kind : std::uint8_t {
    Null,
    Bool,
    Integer,  // Digits alone, up to 2^64 - 1.
    Number,   // Every other number: negative, with a fraction or an exponent.
    Text,
    Array,
    Object,
  };

 private:
  struct Node {
    std::string_view key{};
    std::string_view text{};
    std::uint64_t integer = 0;
    std::uint32_t next = 0;  // Its sibling; 0: none, for the root is nobody's.
    std::uint32_t first = 0;
    Kind kind = Kind::Null;
  };
  class Builder;

 public:
  /// One value of the tree. Lives as long as the Json that it came from, wherever that is moved.
  class Value {
   public:
    class Iterator {
     public:
      Iterator(const Node* nodes, std::uint32_t at) noexcept : nodes_(nodes), at_(at) {}
      Value operator*() const noexcept { return {nodes_, at_}; }
      Iterator& operator++() noexcept {
        at_ = nodes_[at_].next;
        return *this;
      }
      bool operator==(const Iterator& other) const noexcept { return at_ == other.at_; }

     private:
      const Node* nodes_;
      std::uint32_t at_;
    };

    Value(const Node* nodes, std::uint32_t at) noexcept : nodes_(nodes), at_(at) {}

    [[nodiscard]] Kind kind() const noexcept { return node().kind; }
    /// Its name as a member; empty for an element.
    [[nodiscard]] std::string_view key() const noexcept { return node().key; }
    /// Nothing where it is of another kind.
    [[nodiscard]] std::optional<std::string_view> text() const noexcept;
    [[nodiscard]] std::optional<std::uint64_t> integer() const noexcept;
    [[nodiscard]] std::optional<Value> member(std::string_view name) const noexcept;
    /// Elements or members, in order.
    [[nodiscard]] Iterator begin() const noexcept { return {nodes_, node().first}; }
    [[nodiscard]] Iterator end() const noexcept { return {nodes_, 0}; }

   private:
    [[nodiscard]] const Node& node() const noexcept { return nodes_[at_]; }

    const Node* nodes_;
    std::uint32_t at_;
  };

  /// The one object that the text is; nothing for every other text.
  [[nodiscard]] static std::optional<Json> object(std::string_view text);

  Json(Json&&) noexcept = default;
  Json& operator=(Json&&) noexcept = default;
  Json(const Json&) = delete;
  Json& operator=(const Json&) = delete;
  ~Json() = default;

  [[nodiscard]] Value root() const noexcept { return {nodes_.data(), 0}; }

 private:
  Json() = default;

  std::vector<char> text_;  // Texts of values lie in it, their escapes resolved.
  std::vector<Node> nodes_;
};

}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
// The tree that files and request bodies are read into, before anything knows what they mean. A
// node is a value of 32 bytes: it points at texts and children that live in an arena, so whoever
// owns the arena (a Document, a request) owns the tree. A finished tree is immutable and may be
// read by any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace portico::config {

/// A place in a file, counted from 1. `file` is a number of Problems' table of names; line 0 is
/// nowhere.
struct Mark {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  friend bool operator==(const Mark&, const Mark&) = default;
};

/// A scalar that was quoted is text, whatever it looks like.
enum class Quoting : std::uint8_t { Plain, Quoted };

class Node {
 public:
  enum class Kind : std::uint8_t { Null, Scalar, List, Map };
  /// Where a scalar's text comes from: the file itself, or what a `${...}` in it was filled with.
  enum class Source : std::uint8_t { Written, Environment, File };
  struct Entry;
  /// The text of a scalar before and after `${...}` were filled in.
  struct Filled {
    std::string_view written;
    std::string_view text;
  };

  Node() noexcept = default;
  /// What the views point at must outlive the node: copy it into the arena first.
  static Node null(Mark mark) noexcept;
  static Node scalar(Mark mark, std::string_view text, Quoting quoting) noexcept;
  /// A scalar whose text came from elsewhere. It is never read as YAML again, and never counts as
  /// quoted, so that `"${WORKERS}"` can be a number.
  static Node filled(Mark mark, const Filled& filled, Source source) noexcept;
  static Node list(Mark mark, std::span<const Node> items) noexcept;
  static Node map(Mark mark, std::span<const Entry> entries) noexcept;

  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  [[nodiscard]] Mark mark() const noexcept { return mark_; }
  [[nodiscard]] bool is_null() const noexcept { return kind_ == Kind::Null; }
  [[nodiscard]] bool is_scalar() const noexcept { return kind_ == Kind::Scalar; }
  [[nodiscard]] bool is_list() const noexcept { return kind_ == Kind::List; }
  [[nodiscard]] bool is_map() const noexcept { return kind_ == Kind::Map; }

  /// The text of a scalar; empty for every other kind.
  [[nodiscard]] std::string_view text() const noexcept;
  /// The text as the file has it, `${...}` not filled in: the one to print in an error, because
  /// what came from the environment may be a secret.
  [[nodiscard]] std::string_view written() const noexcept;
  [[nodiscard]] bool quoted() const noexcept { return quoting_ == Quoting::Quoted; }
  [[nodiscard]] Source source() const noexcept { return source_; }

  /// The children of a list and of a map, in the order of the file; empty for every other kind.
  [[nodiscard]] std::span<const Node> items() const noexcept;
  [[nodiscard]] std::span<const Entry> entries() const noexcept;
  /// Item of a list; what stands where a list of one is meant (`host: example.com`) is its own
  /// item.
  [[nodiscard]] const Node& item(std::size_t index) const noexcept;
  /// The value under `key` in a map, or null. Looks at one entry after the other.
  [[nodiscard]] const Node* find(std::string_view key) const noexcept;
  [[nodiscard]] const Entry* find_entry(std::string_view key) const noexcept;

 private:
  Node(Kind kind, Mark mark, const void* data, std::size_t size) noexcept;

  const void* data_ = nullptr;
  std::uint32_t size_ = 0;
  Mark mark_;
  Kind kind_ = Kind::Null;
  Quoting quoting_ = Quoting::Plain;
  Source source_ = Source::Written;
};

/// Keys are scalars.
struct Node::Entry {
  Node key;
  Node value;
};

/// "a list", "a map", "text", "nothing": for errors.
[[nodiscard]] std::string_view noun(Node::Kind kind) noexcept;

}  // namespace portico::config

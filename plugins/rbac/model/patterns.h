// SPDX-License-Identifier: Apache-2.0
// The patterns of a book and the tree of their segments: below a node there are literal children, a
// child for "*", and an end for "**". A permission of n segments is matched by the patterns at the
// ends of at most 2^n ways down. Filled while a book is compiled; then any thread.
//
// A text that some role denies and some allows is two patterns, each with a number of its own: most
// are never denied, and then no decision asks who does.
#pragma once

#include "model/lookup.h"
#include "model/matches.h"
#include "model/role.h"
#include "model/segments.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace portico::rbac {

class Patterns {
 public:
  static constexpr std::uint32_t None = Lookup::None;

  Patterns() : nodes_(1) {}

  /// The same number for the same text and effect, from 0 on; None where it is no pattern. Keeps a
  /// view of the text.
  [[nodiscard]] std::uint32_t add(std::string_view text, Effect effect);

  [[nodiscard]] std::uint32_t size() const noexcept {
    return static_cast<std::uint32_t>(texts_.size());
  }
  [[nodiscard]] std::string_view text(std::uint32_t pattern) const noexcept {
    return texts_[pattern];
  }

  /// Those that match a permission; of a pattern's shape, those that match everything it stands
  /// for.
  [[nodiscard]] Matches matching(const Segments& asked) const noexcept;

 private:
  using Ends = std::array<std::uint32_t, 2>;  // By effect.
  struct Node {
    std::uint32_t parent = None;
    std::uint32_t segment = None;  // Its number, below the parent.
    std::uint32_t one = None;      // The child for "*".
    Ends rest{None, None};         // The patterns that end in "**" here.
    Ends end{None, None};          // Those that end here.
  };
  static constexpr std::uint32_t Root = 0;

  [[nodiscard]] std::uint32_t segment(std::string_view text) const noexcept;
  [[nodiscard]] std::uint32_t child(std::uint32_t node, std::uint32_t segment) const noexcept;
  [[nodiscard]] std::uint32_t literal_child(std::uint32_t node, std::string_view text);
  [[nodiscard]] std::uint32_t one_child(std::uint32_t node);
  [[nodiscard]] std::uint32_t new_node(const Node& node);
  [[nodiscard]] Ends& ends(const Segments& segments);
  static void add(Matches& matches, const Ends& ends) noexcept;

  std::vector<std::string_view> texts_;
  std::vector<std::string_view> segments_;
  std::vector<Node> nodes_;
  std::array<Lookup, 2> by_text_;  // By effect.
  Lookup by_segment_;
  Lookup by_edge_;
};

}  // namespace portico::rbac

// SPDX-License-Identifier: Apache-2.0
// Path patterns as trees of segments, one tree for each host. Patterns of the same shape end at the
// same leaf. A search meets the leaves that match a path in order of precedence (literal, one
// segment, end, any rest) and enters no node twice, so its work is bounded by the tree whatever
// the path; it needs no memory, because the way back is found by the nodes' parents and the
// path's slashes.
#pragma once

#include "routing/pattern.h"
#include "routing/text_index.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace portico::routing {

class SegmentTree {
 public:
  static constexpr std::uint32_t None = TextIndex::Absent;

  /// The root of one more tree.
  std::uint32_t add_root() { return add_node(None, Reached::AsRoot); }
  /// The leaf of that shape below `root`; `fresh` where there was none yet.
  std::uint32_t add(std::uint32_t root, const PathPattern& pattern, std::uint32_t fresh);
  /// Renumbers every leaf. To be called once, after the last `add`.
  void renumber(const std::vector<std::uint32_t>& numbers);

  /// Calls `accept(leaf)` for the leaves that match, narrowest first, until one returns true.
  template <class Accept>
  bool search(std::uint32_t root, std::string_view path, Accept&& accept) const {
    return Search<Accept>{*this, root, path, accept}.run();
  }

 private:
  enum class Reached : std::uint8_t { AsRoot, ByLiteral, ByOne };
  struct Node {
    std::uint32_t parent = None;
    std::uint32_t one = None;   // The child for `{x}` and `*`.
    std::uint32_t end = None;   // A leaf.
    std::uint32_t rest = None;  // A leaf: `**`.
    Reached reached = Reached::AsRoot;
    bool literals = false;  // Whether it has literal children.
  };

  template <class Accept>
  struct Search {
    const SegmentTree& tree;
    const std::uint32_t root;
    const std::string_view path;
    Accept& accept;
    std::uint32_t node = root;
    std::size_t at = 0;  // Where the rest of the path begins: at a slash, or at its end.
    bool taken = false;

    bool run() {
      do {
        while (descend()) {
        }
        if (take(at == path.size() ? here().end : None) || take(here().rest)) return true;
      } while (turn_back());
      return taken;
    }

    [[nodiscard]] const Node& here() const noexcept { return tree.nodes_[node]; }
    bool take(std::uint32_t leaf) { return leaf != None && accept(leaf); }
    /// Into the narrowest child that the next segment allows; false when there is none.
    bool descend() noexcept {
      if (at == path.size() || path[at] != '/') return false;
      const std::size_t end = std::min(path.find('/', at + 1), path.size());
      const std::string_view segment = path.substr(at + 1, end - at - 1);
      std::uint32_t child = here().literals ? tree.literals_.find(node, segment) : None;
      if (child == None && !segment.empty()) child = here().one;
      if (child == None) return false;
      node = child;
      at = end;
      return true;
    }
    /// To the next alternative of the nearest node that has one; false when all were tried.
    bool turn_back() {
      while (node != root) {
        const std::size_t end = at;
        const Reached reached = here().reached;
        at = path.rfind('/', at - 1);
        node = here().parent;
        if (reached == Reached::ByLiteral && here().one != None && end - at > 1) {
          node = here().one;
          at = end;
          return true;
        }
        if (take(here().rest)) {
          taken = true;
          return false;
        }
      }
      return false;
    }
  };

  std::uint32_t add_node(std::uint32_t parent, Reached reached);
  std::uint32_t child(std::uint32_t node, const PathPattern::Segment& segment);

  std::vector<Node> nodes_;
  TextIndex literals_;
};

}  // namespace portico::routing

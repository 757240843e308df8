// SPDX-License-Identifier: Apache-2.0
#include "routing/segment_tree.h"

namespace portico::routing {

std::uint32_t SegmentTree::add(std::uint32_t root, const PathPattern& pattern,
                               std::uint32_t fresh) {
  std::uint32_t node = root;
  const std::span<const PathPattern::Segment> segments = pattern.segments();
  for (const PathPattern::Segment& segment : segments.first(segments.size() - 1)) {
    node = child(node, segment);
  }
  const bool rest = segments.back().kind == PathPattern::Kind::Rest;
  std::uint32_t& leaf = rest ? nodes_[node].rest : nodes_[node].end;
  if (leaf == None) leaf = fresh;
  return leaf;
}

void SegmentTree::renumber(const std::vector<std::uint32_t>& numbers) {
  for (Node& node : nodes_) {
    if (node.end != None) node.end = numbers[node.end];
    if (node.rest != None) node.rest = numbers[node.rest];
  }
}

std::uint32_t SegmentTree::add_node(std::uint32_t parent, Reached reached) {
  nodes_.push_back({.parent = parent, .reached = reached});
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

std::uint32_t SegmentTree::child(std::uint32_t node, const PathPattern::Segment& segment) {
  if (segment.kind == PathPattern::Kind::One) {
    if (nodes_[node].one == None) {
      const std::uint32_t added = add_node(node, Reached::ByOne);
      nodes_[node].one = added;
    }
    return nodes_[node].one;
  }
  const std::uint32_t known = literals_.find(node, segment.text);
  if (known != None) return known;
  const std::uint32_t added = add_node(node, Reached::ByLiteral);
  nodes_[node].literals = true;
  literals_.add(node, segment.text, added);
  return added;
}

}  // namespace portico::routing

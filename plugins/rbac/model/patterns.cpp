// SPDX-License-Identifier: Apache-2.0
#include "model/patterns.h"

#include <cstddef>

namespace portico::rbac {
namespace {

constexpr std::uint64_t edge(std::uint32_t node, std::uint32_t segment) noexcept {
  return std::uint64_t{node} << 32U | segment;
}

constexpr std::size_t place(Effect effect) noexcept { return static_cast<std::size_t>(effect); }

}  // namespace

std::uint32_t Patterns::add(std::string_view text, Effect effect) {
  const std::uint64_t hash = Lookup::hash(text);
  Lookup& by_text = by_text_[place(effect)];
  const std::uint32_t known =
      by_text.find(hash, [&](std::uint32_t pattern) { return texts_[pattern] == text; });
  if (known != None) return known;
  const Segments segments = Segments::of_pattern(text);
  if (segments.empty()) return None;
  const std::uint32_t pattern = size();
  texts_.push_back(text);
  by_text.add(hash, pattern);
  ends(segments)[place(effect)] = pattern;
  return pattern;
}

Patterns::Ends& Patterns::ends(const Segments& segments) {
  std::uint32_t node = Root;
  for (const std::string_view part : segments) {
    if (part == Segments::Rest) return nodes_[node].rest;
    node = part == Segments::One ? one_child(node) : literal_child(node, part);
  }
  return nodes_[node].end;
}

void Patterns::add(Matches& matches, const Ends& ends) noexcept {
  for (const Effect effect : {Effect::Allow, Effect::Deny}) {
    if (ends[place(effect)] != None) matches.add(effect, ends[place(effect)]);
  }
}

Matches Patterns::matching(const Segments& asked) const noexcept {
  Matches matches;
  std::array<std::uint32_t, std::size_t{1} << Segments::Most> nodes{Root};
  std::size_t width = asked.empty() ? 0 : 1;
  for (const std::string_view part : asked) {
    const std::uint32_t number = segment(part);
    std::array<std::uint32_t, std::size_t{1} << Segments::Most> below;
    std::size_t next = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const Node& node = nodes_[nodes[i]];
      add(matches, node.rest);
      if (node.one != None) below[next++] = node.one;
      const std::uint32_t literal = child(nodes[i], number);
      if (literal != None) below[next++] = literal;
    }
    nodes = below;
    width = next;
  }
  for (std::size_t i = 0; i < width; ++i) add(matches, nodes_[nodes[i]].end);
  return matches;
}

std::uint32_t Patterns::segment(std::string_view text) const noexcept {
  return by_segment_.find(Lookup::hash(text),
                          [&](std::uint32_t number) { return segments_[number] == text; });
}

std::uint32_t Patterns::child(std::uint32_t node, std::uint32_t segment) const noexcept {
  if (segment == None) return None;
  return by_edge_.find(Lookup::hash(edge(node, segment)), [&](std::uint32_t number) {
    return nodes_[number].parent == node && nodes_[number].segment == segment;
  });
}

std::uint32_t Patterns::literal_child(std::uint32_t node, std::string_view text) {
  std::uint32_t number = segment(text);
  if (number == None) {
    number = static_cast<std::uint32_t>(segments_.size());
    segments_.push_back(text);
    by_segment_.add(Lookup::hash(text), number);
  }
  if (const std::uint32_t known = child(node, number); known != None) return known;
  const std::uint32_t fresh = new_node({.parent = node, .segment = number});
  by_edge_.add(Lookup::hash(edge(node, number)), fresh);
  return fresh;
}

std::uint32_t Patterns::one_child(std::uint32_t node) {
  if (nodes_[node].one == None) {
    const std::uint32_t fresh = new_node({.parent = node});
    nodes_[node].one = fresh;
  }
  return nodes_[node].one;
}

std::uint32_t Patterns::new_node(const Node& node) {
  nodes_.push_back(node);
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

}  // namespace portico::rbac

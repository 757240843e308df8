// SPDX-License-Identifier: Apache-2.0
#include "template/activation.h"

#include <utility>

namespace portico::notify::templates {
namespace {

bool is_within(const Activation* where, std::string_view key) noexcept {
  for (; where != nullptr; where = where->by) {
    if (where->key == key) return true;
  }
  return false;
}

bool has_block(const Template& layout, std::string_view name) noexcept {
  for (const Node& node : layout.nodes()) {
    if (node.kind == Node::Kind::Block && layout.text_of(node) == name) return true;
  }
  return false;
}

/// The node of a block that a layout has none of; a name written wrong would lose what is in it.
std::optional<std::uint32_t> stray_block(const Activation& where, std::uint32_t layout,
                                         const Template& used) noexcept {
  const std::uint32_t end = where.node(layout).end;
  for (std::uint32_t at = layout + 1; at < end; at = where.node(at).end) {
    if (!has_block(used, where.text(at))) return at;
  }
  return std::nullopt;
}

}  // namespace

RenderFault fault_at(const Activation& where, std::uint32_t at, RenderFault::Kind kind,
                     std::string sentence) {
  const TemplatePlace place = place_of(where.used.source(), where.node(at).begin);
  return {.kind = kind,
          .name = std::string(where.text(at)),
          .part = where.used.escape(),
          .within = std::string(where.key),
          .line = place.line,
          .column = place.column,
          .sentence = std::move(sentence)};
}

std::variant<const Template*, RenderFault> included(const Activation& where, std::uint32_t at,
                                                    const Partials& partials, std::size_t depth) {
  const std::string key(where.text(at));
  if (is_within(&where, key)) {
    return fault_at(where, at, RenderFault::Kind::Recursion,
                    "The template \"" + key + "\" has itself as a part; take this out.");
  }
  if (depth == MostPartialDepth) {
    return fault_at(where, at, RenderFault::Kind::TooDeep,
                    "Partials have partials in them at most 16 deep.");
  }
  const Escape escape = where.used.escape();
  const Template* const found = partials.find(key, escape);
  // One of another kind would print here what it never escaped.
  if (found == nullptr || found->escape() != escape) {
    return fault_at(where, at, RenderFault::Kind::UnknownPartial,
                    "There is no template \"" + key + "\" with a part " +
                        std::string(name_of(escape)) + ": write it, or take this out.");
  }
  if (where.node(at).kind == Node::Kind::Layout) {
    if (const auto stray = stray_block(where, at, *found)) {
      return fault_at(where, *stray, RenderFault::Kind::UnknownBlock,
                      "The layout \"" + key + "\" has no block \"" +
                          std::string(where.text(*stray)) + "\"; use one that it has.");
    }
  }
  return found;
}

Body body_of(const Activation& where, std::uint32_t block) noexcept {
  if (where.layout) {
    const Activation& by = *where.by;
    const std::uint32_t end = by.node(*where.layout).end;
    for (std::uint32_t at = *where.layout + 1; at < end; at = by.node(at).end) {
      if (by.text(at) == where.text(block)) return {by, at + 1, by.node(at).end};
    }
  }
  return {where, block + 1, where.node(block).end};
}

}  // namespace portico::notify::templates

// SPDX-License-Identifier: Apache-2.0
// One use of a template: by whoever renders it, or by another template as a partial or a layout.
// Lives on the stack, beside what it names; one thread.
#pragma once

#include "template/fault.h"
#include "template/partials.h"
#include "template/template.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace portico::notify::templates {

inline constexpr std::size_t MostPartialDepth = 16;

struct Activation {
  const Template& used;
  std::string_view key{};                 ///< Empty: it was not named.
  const Activation* by = nullptr;         ///< Null: whoever renders.
  std::optional<std::uint32_t> layout{};  ///< The node of `by` whose blocks replace those here.

  [[nodiscard]] const Node& node(std::uint32_t at) const noexcept { return used.nodes()[at]; }
  [[nodiscard]] std::string_view text(std::uint32_t at) const noexcept {
    return used.text_of(node(at));
  }
};

/// A fault of the node there.
[[nodiscard]] RenderFault fault_at(const Activation& where, std::uint32_t at,
                                   RenderFault::Kind kind, std::string sentence);

/// What the partial or the layout there names. `depth` is that of `where`.
[[nodiscard]] std::variant<const Template*, RenderFault> included(const Activation& where,
                                                                  std::uint32_t at,
                                                                  const Partials& partials,
                                                                  std::size_t depth);

/// What stands in for a block: nodes from `begin` on, before `end`.
struct Body {
  const Activation& where;
  std::uint32_t begin;
  std::uint32_t end;
};
[[nodiscard]] Body body_of(const Activation& where, std::uint32_t block) noexcept;

}  // namespace portico::notify::templates

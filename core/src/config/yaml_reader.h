// SPDX-License-Identifier: Apache-2.0
// YAML text into a tree of nodes, by the event interface of yaml-cpp. A strict part of YAML: maps
// with text keys, each once; lists; scalars. Anchors, aliases, merge keys, tags and more than one
// document are errors, because in a file that decides who may do what, each hides what is said.
//
// Bounded in time and memory whatever the text: MostBytes of text, MostDepth levels, MostNodes
// values.
#pragma once

#include "base/arena.h"
#include "config/node.h"
#include "config/problems.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace portico::config {

struct YamlLimits {
  static constexpr std::size_t MostBytes = std::size_t{8} << 20U;
  static constexpr std::size_t MostDepth = 64;
  static constexpr std::size_t MostNodes = 2'000'000;
};

/// The tree lives in `arena`, and its texts are copies. Nothing when the text could not be read to
/// its end; when something in it is refused, a tree for further checks and an error in `problems`.
/// A text without a value is a Null node.
[[nodiscard]] std::optional<Node> read_yaml(std::string_view text, std::uint32_t file,
                                            base::Arena& arena, Problems& problems);

}  // namespace portico::config

// SPDX-License-Identifier: Apache-2.0
// Strict JSON text into a tree of nodes, so that one binder serves files and request bodies.
// Refused: what is not UTF-8, lone surrogates, NUL in any form, a key twice in one object, more
// than `MostDepth` levels, anything after the value. Numbers stay the digits that were written, so
// no integer loses precision. The caller bounds the size.
#pragma once

#include "base/arena.h"
#include "config/node.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portico::config {

/// Why a text is not JSON, and where.
struct JsonFault {
  std::string sentence;
  std::size_t offset = 0;    ///< In bytes, from 0.
  std::uint32_t line = 0;    ///< From 1.
  std::uint32_t column = 0;  ///< In bytes, from 1.
};

struct JsonText {
  static constexpr std::size_t MostDepth = 32;

  /// Its marks are nowhere (line 0), but their columns ascend with the text, so that problems sort
  /// by it.
  Node root;
  std::optional<JsonFault> fault;

  [[nodiscard]] bool valid() const noexcept { return !fault; }
};

/// The tree lives in `arena`, and its texts are copies: `text` may go away.
[[nodiscard]] JsonText read_json(std::string_view text, base::Arena& arena);

}  // namespace portico::config

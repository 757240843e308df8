// SPDX-License-Identifier: Apache-2.0
// The words of a text in SQL, as both engines read it: blanks and comments are left out, and what
// stands in quotes is one token, whatever is in it.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace portico::sql {

struct Token {
  enum class Kind : std::uint8_t { Word, QuotedName, Literal, Number, Symbol };

  Kind kind;
  std::string_view text;  ///< Into the text, with its quotes.

  /// A word, in any case; or a symbol.
  [[nodiscard]] bool is(std::string_view what) const noexcept;
  [[nodiscard]] bool name() const noexcept { return kind <= Kind::QuotedName; }
};

/// The tokens, or a sentence about what the engines would read differently: other quotes than ' and
/// ", literals with a letter before them, comments in comments.
[[nodiscard]] Result<std::vector<Token>> tokens_of(std::string_view text);

}  // namespace portico::sql

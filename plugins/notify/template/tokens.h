// SPDX-License-Identifier: Apache-2.0
// Cuts the source of a template into text and tags. A tag of a section, a partial or a comment that
// stands alone on a line takes the line with it. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace portico::notify::templates {

struct Token {
  enum class Kind : std::uint8_t {
    Literal,
    Variable,  ///< {{name}}
    Section,   ///< {{#name}}
    Inverted,  ///< {{^name}}
    Close,     ///< {{/name}}
    Partial,   ///< {{> name}}
    Layout,    ///< {{< name}}
    Block,     ///< {{$name}}
    Comment,   ///< {{! ... }}
  };

  Kind kind = Kind::Literal;
  std::size_t at = 0;     ///< In the source, the braces of a tag included.
  std::string_view text;  ///< The literal itself, or the name.
};

/// At a byte of the source.
struct FaultAt {
  std::size_t at = 0;
  std::string sentence;
};

/// `source` must outlive the tokens.
[[nodiscard]] std::variant<std::vector<Token>, FaultAt> tokens_of(std::string_view source);

}  // namespace portico::notify::templates

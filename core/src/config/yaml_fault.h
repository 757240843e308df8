// SPDX-License-Identifier: Apache-2.0
// The YAML parser's complaints in words that somebody who edits a file understands.
#pragma once

#include "config/node.h"

#include <optional>
#include <string>
#include <string_view>

namespace portico::config {

/// A list or map in brackets that was not closed when the parser gave up.
struct OpenBracket {
  char bracket = '{';
  Mark mark;
};

struct YamlFault {
  Mark mark;
  std::string what;
  std::string remedy;
};

/// `message` is the parser's, `mark` where it stopped.
[[nodiscard]] YamlFault explain_yaml(std::string_view text, Mark mark, std::string_view message,
                                     const std::optional<OpenBracket>& open);

}  // namespace portico::config

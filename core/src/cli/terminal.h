// SPDX-License-Identifier: Apache-2.0
// What a command prints to: standard output and error, with colours only where a person looks.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string_view>

namespace portico::cli {

enum class Style : std::uint8_t { Plain, Bold, Faint, Red, Yellow, Green };

class Terminal {
 public:
  /// Colours when `stream` is a terminal, NO_COLOR is not set and TERM is not "dumb".
  explicit Terminal(std::FILE* stream);

  void print(std::string_view text, Style style = Style::Plain);
  void line(std::string_view text = {}, Style style = Style::Plain);
  [[nodiscard]] bool coloured() const noexcept { return coloured_; }

 private:
  std::FILE* stream_;
  bool coloured_;
};

}  // namespace portico::cli

// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.h"

#include <cstdlib>

#include <unistd.h>

namespace portico::cli {
namespace {

bool wants_colour(std::FILE* stream) {
  const char* no_colour = std::getenv("NO_COLOR");
  if (no_colour != nullptr && *no_colour != '\0') return false;
  const char* terminal = std::getenv("TERM");
  if (terminal == nullptr || std::string_view(terminal) == "dumb") return false;
  return isatty(fileno(stream)) == 1;
}

std::string_view code(Style style) {
  switch (style) {
    case Style::Plain: return "";
    case Style::Bold: return "\033[1m";
    case Style::Faint: return "\033[2m";
    case Style::Red: return "\033[31m";
    case Style::Yellow: return "\033[33m";
    case Style::Green: return "\033[32m";
  }
  return "";
}

// An empty view may have no address, and fwrite wants one all the same.
void write(std::FILE* stream, std::string_view text) {
  if (!text.empty()) std::fwrite(text.data(), 1, text.size(), stream);
}

}  // namespace

Terminal::Terminal(std::FILE* stream) : stream_(stream), coloured_(wants_colour(stream)) {}

void Terminal::print(std::string_view text, Style style) {
  const bool styled = coloured_ && style != Style::Plain;
  if (styled) write(stream_, code(style));
  write(stream_, text);
  if (styled) write(stream_, "\033[0m");
}

void Terminal::line(std::string_view text, Style style) {
  print(text, style);
  write(stream_, "\n");
}

}  // namespace portico::cli

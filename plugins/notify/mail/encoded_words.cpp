// SPDX-License-Identifier: Apache-2.0
#include "mail/encoded_words.h"

#include "mail/base64.h"
#include "mail/characters.h"
#include "shared/code_points.h"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace portico::notify::mail {
namespace {

constexpr std::size_t MostWord = 75;
constexpr std::string_view Opening = "=?UTF-8?B?";
constexpr std::string_view Closing = "?=";
constexpr std::string_view Fold = "\r\n ";

/// How many bytes of whole code points, of `most` at most.
std::size_t whole_points(std::string_view text, std::size_t most) {
  std::size_t size = 0;
  while (size < text.size()) {
    const auto point = first_code_point(text.substr(size));
    if (!point || size + point->bytes > most) break;
    size += point->bytes;
  }
  return size;
}

std::string encoded_words(std::string_view text, std::size_t column) {
  std::string words;
  while (true) {
    const std::size_t room = std::min(MostWord, MostHeaderLine - column);
    const std::size_t most = (room - Opening.size() - Closing.size()) / 4 * 3;
    const std::size_t size = whole_points(text, most);
    if (size == 0) throw std::invalid_argument("A text of a header is not UTF-8.");
    words.append(Opening).append(base64(text.substr(0, size))).append(Closing);
    text.remove_prefix(size);
    if (text.empty()) return words;
    words += Fold;
    column = 1;
  }
}

/// Whether every reader takes it for what it is.
bool speaks_for_itself(std::string_view text) {
  return std::ranges::all_of(text, is_printable) && !text.starts_with(' ') &&
         !text.ends_with(' ') && text.find("=?") == std::string_view::npos;
}

/// With line ends before blanks, which stay. Nothing where a line would be too long.
std::optional<std::string> folded(std::string_view text, std::size_t column) {
  std::string lines;
  while (!text.empty()) {
    const std::size_t word = std::min(text.find_first_not_of(' '), text.size());
    const std::size_t end = std::min(text.find(' ', word), text.size());
    if (column + end > MostHeaderLine) {
      if (word == 0 || end > MostHeaderLine) return std::nullopt;
      lines += "\r\n";
      column = 0;
    }
    lines += text.substr(0, end);
    column += end;
    text.remove_prefix(end);
  }
  return lines;
}

std::string quoted(std::string_view text) {
  std::string result(1, '"');
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

}  // namespace

std::string unstructured(std::string_view text, std::size_t column) {
  if (speaks_for_itself(text)) {
    if (auto lines = folded(text, column)) return *std::move(lines);
  }
  return encoded_words(text, column);
}

std::string phrase(std::string_view text, std::size_t column) {
  if (speaks_for_itself(text)) {
    const bool atoms = std::ranges::all_of(text, [](char c) { return c == ' ' || is_atom(c); });
    if (auto lines = folded(atoms ? std::string(text) : quoted(text), column)) {
      return *std::move(lines);
    }
  }
  return encoded_words(text, column);
}

}  // namespace portico::notify::mail

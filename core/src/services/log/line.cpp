// SPDX-License-Identifier: Apache-2.0
#include "services/log/line.h"

#include "base/text.h"

#include <algorithm>

namespace portico::services {
namespace {

constexpr std::string_view CutMark = "...";
constexpr std::string_view LowerHex = "0123456789abcdef";
constexpr std::string_view UpperHex = "0123456789ABCDEF";

[[nodiscard]] constexpr bool is_plain(unsigned char c) {
  return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

[[nodiscard]] constexpr std::uint64_t everywhere(unsigned char c) {
  return 0x0101010101010101ULL * c;
}

/// Whether some byte of the eight is not plain.
[[nodiscard]] bool any_special(std::uint64_t eight) {
  constexpr std::uint64_t Tops = everywhere(0x80);
  const auto zero = [](std::uint64_t word) { return (word - everywhere(1)) & ~word; };
  const std::uint64_t control = (eight - everywhere(0x20)) & ~eight;
  return ((eight | control | zero(eight ^ everywhere('"')) | zero(eight ^ everywhere('\\')) |
           zero(eight ^ everywhere(0x7f))) &
          Tops) != 0;
}

/// Characters that act on a terminal or hide text: C1 controls, line separators, direction marks.
[[nodiscard]] bool is_hidden(std::uint32_t c) {
  return (c >= 0x80 && c < 0xa0) || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

[[nodiscard]] std::uint32_t decode(std::string_view sequence) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(sequence[i]); };
  std::uint32_t c = byte(0) & (0xffu >> (sequence.size() + 1));
  for (std::size_t i = 1; i < sequence.size(); ++i) c = (c << 6) | (byte(i) & 0x3fu);
  return c;
}

struct Escape {
  std::array<char, 6> text;
  std::uint8_t size;
};

[[nodiscard]] Escape unicode_escape(std::uint32_t c) {
  return {{'\\', 'u', LowerHex[(c >> 12) & 15], LowerHex[(c >> 8) & 15], LowerHex[(c >> 4) & 15],
           LowerHex[c & 15]},
          6};
}

[[nodiscard]] Escape ascii_escape(unsigned char c, Quotes quotes) {
  switch (c) {
    case '\n': return {{'\\', 'n'}, 2};
    case '\r': return {{'\\', 'r'}, 2};
    case '\t': return {{'\\', 't'}, 2};
    case '\\': return {{'\\', '\\'}, 2};
    case '"':
      if (quotes == Quotes::AsTheyAre) return {{'"'}, 1};
      return {{'\\', '"'}, 2};
    default: return unicode_escape(c);
  }
}

/// What stands for the first character of `text`, and how much of `text` that was.
[[nodiscard]] std::string_view next_piece(std::string_view text, Quotes quotes, Escape& escape,
                                          std::size_t& taken) {
  const auto first = static_cast<unsigned char>(text.front());
  taken = 1;
  if (first < 0x80) {
    escape = ascii_escape(first, quotes);
    return {escape.text.data(), escape.size};
  }
  const std::size_t length = base::utf8_length(text);
  if (length == 0) return "\\ufffd";
  taken = length;
  const std::string_view sequence = text.substr(0, length);
  const std::uint32_t c = decode(sequence);
  if (!is_hidden(c)) return sequence;
  escape = unicode_escape(c);
  return {escape.text.data(), escape.size};
}

/// `next` says what stands for the first character of what is not plain.
template <class Next>
void put_by(Line& line, std::string_view text, std::size_t limit, Next next) {
  limit = std::min(limit, line.room() > LineTail ? line.room() - LineTail : 0);
  while (!text.empty()) {
    const std::size_t plain = plain_run(text);
    const std::size_t run = std::min(plain, limit);
    line.put(text.substr(0, run));
    limit -= run;
    text.remove_prefix(run);
    if (text.empty()) return;
    Escape escape;
    std::size_t taken = 0;
    if (run < plain) return line.put(CutMark);
    const std::string_view piece = next(text, escape, taken);
    if (piece.size() > limit) return line.put(CutMark);
    line.put(piece);
    limit -= piece.size();
    text.remove_prefix(taken);
  }
}

}  // namespace

std::size_t plain_run(std::string_view text) noexcept {
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, 8);
    if (any_special(eight)) break;
  }
  while (at < text.size() && is_plain(static_cast<unsigned char>(text[at]))) ++at;
  return at;
}

void put_escaped(Line& line, std::string_view text, std::size_t limit, Quotes quotes) noexcept {
  put_by(line, text, limit, [quotes](std::string_view rest, Escape& escape, std::size_t& taken) {
    return next_piece(rest, quotes, escape, taken);
  });
}

void put_quoted(Line& line, std::string_view text, std::size_t limit) noexcept {
  line.put('"');
  put_escaped(line, text, limit, Quotes::Escaped);
  line.put('"');
}

void put_hex_escaped(Line& line, std::string_view text, std::size_t limit) noexcept {
  put_by(line, text, limit, [](std::string_view rest, Escape& escape, std::size_t& taken) {
    const auto c = static_cast<unsigned char>(rest.front());
    taken = 1;
    escape = {{'\\', 'x', UpperHex[c >> 4U], UpperHex[c & 15U]}, 4};
    return std::string_view(escape.text.data(), escape.size);
  });
}

}  // namespace portico::services

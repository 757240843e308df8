// SPDX-License-Identifier: Apache-2.0
#include "template/character_references.h"

#include "shared/ascii.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace portico::notify::templates {
namespace {

struct Row {
  std::string_view name;
  std::string_view character;
};

/// Those that texts of mails have in them.
constexpr std::array<Row, 38> Names{
    {{"amp", "&"},   {"apos", "'"},   {"auml", "ä"},  {"Auml", "Ä"},   {"bull", "•"},
     {"cent", "¢"},  {"copy", "©"},   {"deg", "°"},   {"eacute", "é"}, {"egrave", "è"},
     {"emsp", " "},  {"ensp", " "},   {"euro", "€"},  {"gt", ">"},     {"hellip", "…"},
     {"laquo", "«"}, {"larr", "←"},   {"ldquo", "“"}, {"lsquo", "‘"},  {"lt", "<"},
     {"mdash", "—"}, {"middot", "·"}, {"nbsp", " "},  {"ndash", "–"},  {"ouml", "ö"},
     {"Ouml", "Ö"},  {"quot", "\""},  {"raquo", "»"}, {"rarr", "→"},   {"rdquo", "”"},
     {"reg", "®"},   {"rsquo", "’"},  {"shy", ""},    {"szlig", "ß"},  {"times", "×"},
     {"trade", "™"}, {"uuml", "ü"},   {"Uuml", "Ü"}}};

constexpr std::size_t LongestName = 8;

char byte_of(char32_t bits) noexcept { return static_cast<char>(static_cast<unsigned char>(bits)); }

std::optional<std::string> utf8_of(std::uint32_t point) {
  if (point == 0 || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return std::nullopt;
  if (point == 0xA0) return " ";
  if (point < 0x80) return std::string(1, byte_of(point));
  if (point < 0x800)
    return std::string{byte_of(0xC0 | point >> 6U), byte_of(0x80 | (point & 0x3FU))};
  std::string text;
  if (point < 0x10000) {
    text += byte_of(0xE0 | point >> 12U);
  } else {
    text += byte_of(0xF0 | point >> 18U);
    text += byte_of(0x80 | (point >> 12U & 0x3FU));
  }
  text += byte_of(0x80 | (point >> 6U & 0x3FU));
  text += byte_of(0x80 | (point & 0x3FU));
  return text;
}

std::optional<std::string> character_of(std::string_view name) {
  if (!name.starts_with('#')) {
    for (const Row& row : Names) {
      if (row.name == name) return std::string(row.character);
    }
    return std::nullopt;
  }
  name.remove_prefix(1);
  const bool hexadecimal = begins_with(name, "x");
  if (hexadecimal) name.remove_prefix(1);
  std::uint32_t point = 0;
  const auto [end, error] =
      std::from_chars(name.data(), name.data() + name.size(), point, hexadecimal ? 16 : 10);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return utf8_of(point);
}

}  // namespace

std::string decoded(std::string_view html) {
  std::string text;
  text.reserve(html.size());
  while (!html.empty()) {
    const std::size_t begin = html.find('&');
    text += html.substr(0, begin);
    if (begin == std::string_view::npos) break;
    html.remove_prefix(begin + 1);
    const std::size_t end = html.substr(0, LongestName + 1).find(';');
    const auto character =
        end == std::string_view::npos ? std::nullopt : character_of(html.substr(0, end));
    if (character) html.remove_prefix(end + 1);
    text += character ? *character : "&";
  }
  return text;
}

}  // namespace portico::notify::templates

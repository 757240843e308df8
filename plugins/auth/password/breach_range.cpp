// SPDX-License-Identifier: Apache-2.0
#include "password/breach_range.h"

#include "password/cursor.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <openssl/sha.h>
#include <sodium/utils.h>

namespace portico::auth {
namespace {

constexpr std::size_t PrefixDigits = 5;
constexpr std::size_t SuffixDigits = 35;
/// About 2000 lines have been seen; this is three times as much.
constexpr std::size_t MostText = 256 * 1024;

std::optional<std::uint8_t> value_of(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<std::uint8_t>(digit - '0');
  if (digit >= 'A' && digit <= 'F') return static_cast<std::uint8_t>(digit - 'A' + 10);
  return std::nullopt;
}

std::optional<BreachDigest::Suffix> read_suffix(std::string_view digits) {
  if (digits.size() != SuffixDigits) return std::nullopt;
  BreachDigest::Suffix suffix{};
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const auto value = value_of(digits[i]);
    if (!value) return std::nullopt;
    suffix[i / 2] = static_cast<std::uint8_t>(suffix[i / 2] | (*value << (i % 2 == 0 ? 4 : 0)));
  }
  return suffix;
}

struct Line {
  BreachDigest::Suffix suffix;
  std::uint32_t count;
};

std::optional<Line> take_line(Cursor& text) {
  const auto suffix = read_suffix(text.take_until(':'));
  if (!suffix || !text.take(":")) return std::nullopt;
  const auto count = text.take_number();
  if (!count) return std::nullopt;
  if (!text.take("\r\n") && !text.take("\n") && !text.ended()) return std::nullopt;
  return Line{*suffix, *count};
}

}  // namespace

BreachDigest breach_digest(std::string_view password) {
  constexpr std::string_view Digits = "0123456789ABCDEF";
  std::array<unsigned char, SHA_DIGEST_LENGTH> hash;
  SHA1(reinterpret_cast<const unsigned char*>(password.data()), password.size(), hash.data());
  std::array<char, std::size_t{2} * SHA_DIGEST_LENGTH> text;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    text[2 * i] = Digits[hash[i] >> 4U];
    text[2 * i + 1] = Digits[hash[i] & 15U];
  }
  const std::string_view all(text.data(), text.size());
  BreachDigest digest{std::string(all.substr(0, PrefixDigits)),
                      *read_suffix(all.substr(PrefixDigits))};
  // A SHA-1 is as good as the password itself for whoever has a list to compare.
  sodium_memzero(hash.data(), hash.size());
  sodium_memzero(text.data(), text.size());
  return digest;
}

std::optional<BreachRange> BreachRange::read(std::string_view text) {
  if (text.empty() || text.size() > MostText) return std::nullopt;
  std::vector<BreachDigest::Suffix> suffixes;
  Cursor cursor(text);
  while (!cursor.ended()) {
    const auto line = take_line(cursor);
    if (!line) return std::nullopt;
    if (line->count > 0) suffixes.push_back(line->suffix);
  }
  std::sort(suffixes.begin(), suffixes.end());
  return BreachRange(std::move(suffixes));
}

bool BreachRange::has(const BreachDigest::Suffix& suffix) const noexcept {
  return std::binary_search(suffixes_.begin(), suffixes_.end(), suffix);
}

}  // namespace portico::auth

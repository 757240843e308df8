// SPDX-License-Identifier: Apache-2.0
// A line of a log put together in memory that the caller lends. What does not fit is left out;
// callers ask `room` first. What may be hostile goes in escaped: no control character, no quote
// that could end a value, and nothing but valid UTF-8.
#pragma once

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace portico::services {

class Line {
 public:
  explicit Line(std::span<char> space) noexcept
      : begin_(space.data()), at_(begin_), end_(begin_ + space.size()) {}

  [[nodiscard]] std::size_t room() const noexcept { return static_cast<std::size_t>(end_ - at_); }
  void put(std::string_view text) noexcept {
    if (text.size() > room()) text = text.substr(0, room());
    if (text.empty()) return;
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void put(char c) noexcept {
    if (at_ != end_) *at_++ = c;
  }
  /// With zeros in front, up to `width`.
  void put_digits(std::uint64_t value, int width) noexcept {
    std::array<char, 20> digits{};
    for (int i = width; i-- > 0; value /= 10) {
      digits[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
    }
    put(std::string_view(digits.data(), static_cast<std::size_t>(width)));
  }
  void put_number(std::uint64_t value) noexcept { at_ = std::to_chars(at_, end_, value).ptr; }
  [[nodiscard]] std::string_view text() const noexcept { return {begin_, at_}; }

 private:
  char* begin_;
  char* at_;
  char* end_;
};

/// Kept free at the end of a line: the mark of a cut, a quote, `"cut":"true"`, a brace, a line end.
inline constexpr std::size_t LineTail = 32;

/// How many bytes at the beginning are printable ASCII other than '"' and '\'.
[[nodiscard]] std::size_t plain_run(std::string_view text) noexcept;

enum class Quotes : std::uint8_t { Escaped, AsTheyAre };

/// As JSON escapes; at most `limit` bytes of output, then "..." when something is left out.
void put_escaped(Line& line, std::string_view text, std::size_t limit, Quotes quotes) noexcept;
/// The same between quotes.
void put_quoted(Line& line, std::string_view text, std::size_t limit) noexcept;
/// As nginx and Apache escape: \xNN for everything that is not plain.
void put_hex_escaped(Line& line, std::string_view text, std::size_t limit) noexcept;

}  // namespace portico::services

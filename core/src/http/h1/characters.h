// SPDX-License-Identifier: Apache-2.0
// Which bytes may stand where in a head, and the searches for the first that may not. Sixteen at a
// time where the processor has SSE2; never beyond the end given.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace portico::http::h1 {

enum Class : std::uint8_t {
  TokenByte = 1,   ///< Of a method or a field's name.
  TargetByte = 2,  ///< Of a request's target: visible ASCII but '#'.
  TextByte = 4,    ///< Of a value or a reason: no control character but tab.
  NameByte = 8,    ///< Of a host's name.
};

inline constexpr std::array<std::uint8_t, 256> Classes = [] {
  std::array<std::uint8_t, 256> classes{};
  for (unsigned c = 0; c < 256; ++c) {
    const auto letter = static_cast<char>(c);
    const auto one_of = [letter](std::string_view set) {
      return set.find(letter) != std::string_view::npos;
    };
    const bool word = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                      (letter >= '0' && letter <= '9');
    unsigned bits = 0;
    if (word || one_of("!#$%&'*+-.^_`|~")) bits |= TokenByte;
    if (c > 0x20 && c < 0x7f && letter != '#') bits |= TargetByte;
    if ((c >= 0x20 && c != 0x7f) || letter == '\t') bits |= TextByte;
    if (word || one_of("-._")) bits |= NameByte;
    classes[c] = static_cast<std::uint8_t>(bits);
  }
  return classes;
}();

[[nodiscard]] inline bool is(Class sort, char c) noexcept {
  return (Classes[static_cast<unsigned char>(c)] & sort) != 0;
}

/// The first byte that is not of that class, or `end`; one after the other.
[[nodiscard]] inline const char* skip_each(Class sort, const char* at, const char* end) noexcept {
  while (at != end && is(sort, *at)) ++at;
  return at;
}

#ifdef __SSE2__
namespace sse2 {

[[nodiscard]] inline __m128i load(const char* at) noexcept {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
}
/// 0xff where low <= byte <= high, without sign.
template <unsigned char Low, unsigned char High>
[[nodiscard]] inline __m128i between(__m128i bytes) noexcept {
  const __m128i above = _mm_sub_epi8(bytes, _mm_set1_epi8(static_cast<char>(Low)));
  const __m128i most = _mm_set1_epi8(static_cast<char>(High - Low));
  return _mm_cmpeq_epi8(_mm_min_epu8(above, most), above);
}
[[nodiscard]] inline __m128i equal(__m128i bytes, char c) noexcept {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}

// Each gives a bit for every byte that is not of the class; that of tokens for some more, which
// the table judges.
[[nodiscard]] inline unsigned strangers_of_token(__m128i bytes) noexcept {
  const __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
  const __m128i plain = _mm_or_si128(_mm_or_si128(between<'a', 'z'>(lower), equal(bytes, '-')),
                                     between<'0', '9'>(bytes));
  return ~static_cast<unsigned>(_mm_movemask_epi8(plain)) & 0xffffU;
}
[[nodiscard]] inline unsigned strangers_of_target(__m128i bytes) noexcept {
  const __m128i plain = _mm_andnot_si128(equal(bytes, '#'), between<0x21, 0x7e>(bytes));
  return ~static_cast<unsigned>(_mm_movemask_epi8(plain)) & 0xffffU;
}
[[nodiscard]] inline unsigned strangers_of_text(__m128i bytes) noexcept {
  const __m128i low = _mm_andnot_si128(equal(bytes, '\t'), between<0x00, 0x1f>(bytes));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(low, equal(bytes, 0x7f))));
}

template <class Strangers>
[[nodiscard]] inline const char* skip(Class sort, Strangers strangers, const char* at,
                                      const char* end) noexcept {
  while (end - at >= 16) {
    if (const unsigned found = strangers(load(at)); found != 0) {
      at += std::countr_zero(found);
      break;
    }
    at += 16;
  }
  return skip_each(sort, at, end);
}

}  // namespace sse2

[[nodiscard]] inline const char* skip_token(const char* at, const char* end) noexcept {
  return sse2::skip(TokenByte, sse2::strangers_of_token, at, end);
}
[[nodiscard]] inline const char* skip_target(const char* at, const char* end) noexcept {
  return sse2::skip(TargetByte, sse2::strangers_of_target, at, end);
}
[[nodiscard]] inline const char* skip_text(const char* at, const char* end) noexcept {
  return sse2::skip(TextByte, sse2::strangers_of_text, at, end);
}
#else
[[nodiscard]] inline const char* skip_token(const char* at, const char* end) noexcept {
  return skip_each(TokenByte, at, end);
}
[[nodiscard]] inline const char* skip_target(const char* at, const char* end) noexcept {
  return skip_each(TargetByte, at, end);
}
[[nodiscard]] inline const char* skip_text(const char* at, const char* end) noexcept {
  return skip_each(TextByte, at, end);
}
#endif

/// How many control characters there are, tabs left out.
[[nodiscard]] inline std::size_t count_controls(const char* at, const char* end) noexcept {
  std::size_t count = 0;
#ifdef __SSE2__
  for (; end - at >= 16; at += 16) {
    for (unsigned found = sse2::strangers_of_text(sse2::load(at)); found != 0; found &= found - 1) {
      ++count;
    }
  }
#endif
  for (; at != end; ++at) count += is(TextByte, *at) ? 0 : 1;
  return count;
}

/// Whether `name` is `lower`, which is written in lower case. For names that are tokens: setting
/// the bit of the case makes nothing else a letter or '-' of theirs.
[[nodiscard]] inline bool is_name(std::string_view name, std::string_view lower) noexcept {
  if (name.size() != lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if ((name[i] | 0x20) != lower[i]) return false;
  }
  return true;
}

/// Calls `visit` with each member of a comma-separated list, without blanks, empty ones left out.
template <class Visit>
void for_each_member(std::string_view list, Visit visit) noexcept {
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t comma = std::min(list.find(',', at), list.size());
    std::string_view member = list.substr(at, comma - at);
    while (!member.empty() && (member.front() == ' ' || member.front() == '\t'))
      member.remove_prefix(1);
    while (!member.empty() && (member.back() == ' ' || member.back() == '\t'))
      member.remove_suffix(1);
    if (!member.empty()) visit(member);
    at = comma + 1;
  }
}

}  // namespace portico::http::h1

// SPDX-License-Identifier: Apache-2.0
#include "services/log/query_mask.h"

#include "base/text.h"

#include <algorithm>
#include <utility>

namespace portico::services {
namespace {

[[nodiscard]] int digit_of(char c) noexcept {
  if (base::is_digit(c)) return c - '0';
  const char lower = base::ascii_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The first character of `text` as a form is decoded, taken off its front.
[[nodiscard]] char take_decoded(std::string_view& text) noexcept {
  const char first = text.front();
  if (first == '%' && text.size() >= 3 && digit_of(text[1]) >= 0 && digit_of(text[2]) >= 0) {
    const int code = digit_of(text[1]) * 16 + digit_of(text[2]);
    text.remove_prefix(3);
    return static_cast<char>(code);
  }
  text.remove_prefix(1);
  return first == '+' ? ' ' : first;
}

[[nodiscard]] bool reads_as(std::string_view written, std::string_view key) noexcept {
  for (const char expected : key) {
    if (written.empty() || base::ascii_lower(take_decoded(written)) != expected) return false;
  }
  return written.empty();
}

}  // namespace

QueryMask::QueryMask(std::vector<std::string> keys) : keys_(std::move(keys)) {
  for (std::string& key : keys_) {
    key = base::to_lower(key);
    lengths_ |= std::uint64_t{1} << (key.size() % 64);
  }
}

bool QueryMask::hides(std::string_view key) const noexcept {
  const auto is_written = [key](const std::string& own) { return base::iequals(key, own); };
  const auto is_read = [key](const std::string& own) { return reads_as(key, own); };
  if (key.find('%') != std::string_view::npos) return std::ranges::any_of(keys_, is_read);
  return (lengths_ >> (key.size() % 64) & 1U) != 0 && std::ranges::any_of(keys_, is_written);
}

}  // namespace portico::services

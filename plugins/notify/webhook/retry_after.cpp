// SPDX-License-Identifier: Apache-2.0
#include "webhook/retry_after.h"

#include "shared/ascii.h"
#include "webhook/http_date.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>

namespace portico::notify::webhook {
namespace {

/// A century. More is no more, and no sum overflows.
constexpr std::chrono::seconds Most{std::int64_t{3'155'760'000}};
constexpr std::size_t MostDigits = 12;

}  // namespace

std::optional<std::chrono::seconds> read_retry_after(std::string_view text,
                                                     std::chrono::microseconds now) noexcept {
  if (!text.empty() && all_of(text, is_digit)) {
    if (text.size() > MostDigits) return Most;
    std::int64_t seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    return std::min(std::chrono::seconds(seconds), Most);
  }
  const auto time = read_http_date(text);
  if (!time) return std::nullopt;
  return std::clamp(*time - std::chrono::floor<std::chrono::seconds>(now), std::chrono::seconds(0),
                    Most);
}

}  // namespace portico::notify::webhook

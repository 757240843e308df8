// SPDX-License-Identifier: Apache-2.0
#include "health/expectation.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace portico::proxy {
namespace {

using Range = std::pair<std::size_t, std::size_t>;

std::optional<std::size_t> status_of(std::string_view text) noexcept {
  const bool digits =
      text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || text[0] < '1' || text[0] > '5') return std::nullopt;
  return static_cast<std::size_t>((text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0'));
}

/// "200", "2xx", "200-399"; both ends belong to it.
std::optional<Range> range_of(std::string_view text) noexcept {
  if (text.size() == 3 && text.ends_with("xx")) {
    const char first = text[0];
    if (first < '1' || first > '5') return std::nullopt;
    const auto begin = static_cast<std::size_t>(first - '0') * 100;
    return Range(begin, begin + 99);
  }
  const std::size_t dash = text.find('-');
  const auto first = status_of(text.substr(0, dash));
  const auto last = dash == text.npos ? first : status_of(text.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  return Range(*first, *last);
}

}  // namespace

Expectation::Expectation(const CheckSettings& settings)
    : connects_(settings.path.empty()), body_(settings.body) {
  for (const std::string& text : settings.status) {
    const auto range = range_of(text);
    for (std::size_t i = range->first; i <= range->second; ++i) statuses_.set(i);
  }
}

std::string Expectation::fault(const Fetched& answer) const {
  if (!answer.ok()) return answer.error;
  if (connects_) return {};
  const auto status = static_cast<std::size_t>(answer.status);
  if (status >= Statuses || !statuses_.test(status)) {
    return "it answered " + std::to_string(status);
  }
  if (answer.body.find(body_) == std::string::npos) return "its answer lacks the text";
  return {};
}

std::string fault_of_statuses(std::string_view text) {
  return range_of(text) ? std::string() : "is no status; write one such as 200, 2xx or 200-399";
}

}  // namespace portico::proxy

// SPDX-License-Identifier: Apache-2.0
#include "sendgrid/verdict.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>

namespace portico::notify::sendgrid {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

/// So that no sum overflows.
constexpr std::size_t MostDigits = 12;

std::optional<seconds> number(std::string_view text) {
  const bool digits =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (text.empty() || text.size() > MostDigits || !digits) return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return seconds(value);
}

microseconds wait_of(const Answer& answer, microseconds now) {
  microseconds wait{0};
  if (const auto asked = number(answer.retry_after)) {
    wait = *asked;
  } else if (const auto reset = number(answer.rate_limit_reset)) {
    wait = *reset - now;
  }
  return std::clamp<microseconds>(wait, microseconds(0), LongestWait);
}

std::string_view reason_never(int status) {
  switch (status) {
    case 400: return "bad_request";
    case 401: return "unauthorized";
    case 403: return "forbidden";
    case 413: return "too_large";
    default: return "refused";
  }
}

}  // namespace

Verdict verdict_of(const Answer& answer, microseconds now) {
  using Kind = Verdict::Kind;
  const int status = answer.status;
  // 202 is the one that is promised. Sent again, a mail that another one accepted would come twice.
  if (status >= 200 && status <= 299) return {Kind::Sent, microseconds(0), "sent"};
  if (status == 429) return {Kind::Later, wait_of(answer, now), "too_many_requests"};
  if (status >= 500) return {Kind::Later, wait_of(answer, now), "server_error"};
  if (status == 408) return {Kind::Later, microseconds(0), "timeout"};
  if (status >= 400) return {Kind::Never, microseconds(0), reason_never(status)};
  return {Kind::Later, microseconds(0), status == 0 ? "no_answer" : "no_api"};
}

}  // namespace portico::notify::sendgrid

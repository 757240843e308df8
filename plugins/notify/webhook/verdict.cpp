// SPDX-License-Identifier: Apache-2.0
#include "webhook/verdict.h"

#include "webhook/retry_after.h"

#include <algorithm>
#include <optional>

namespace portico::notify::webhook {
namespace {

using std::chrono::microseconds;

std::string_view reason_of(int status) {
  if (status == 0) return "no_answer";
  if (status == 410) return "gone";
  if (status == 429) return "too_many_requests";
  if (status == 503) return "unavailable";
  if (status >= 500 && status <= 599) return "server_error";
  if (status >= 400 && status <= 499) return "refused";
  if (status >= 300 && status <= 399) return "redirected";
  return "no_http";
}

/// Anything from nothing to all of it, so that what failed together does not return together.
microseconds some_of(std::chrono::seconds most, double chance) {
  const double length = static_cast<double>(microseconds(most).count());
  return microseconds(static_cast<microseconds::rep>(length * std::clamp(chance, 0.0, 1.0)));
}

microseconds wait_after(int status, std::string_view retry_after, const Attempt& attempt,
                        std::span<const std::chrono::seconds> back_off) {
  std::optional<std::chrono::seconds> asked;
  if (status == 429 || status == 503) asked = read_retry_after(retry_after, attempt.now);
  microseconds wait = some_of(back_off[attempt.number - 1], attempt.chance);
  // Not before it was asked for, and spread, for it asks the same of each message.
  if (asked) wait = *asked + some_of(back_off.front(), attempt.chance);
  return std::min<microseconds>(wait, LongestWait);
}

}  // namespace

Verdict verdict_of(int status, std::string_view retry_after, const Attempt& attempt,
                   std::span<const std::chrono::seconds> back_off) {
  using Kind = Verdict::Kind;
  if (status >= 200 && status <= 299) return {Kind::Delivered, microseconds(0), "delivered"};
  const std::string_view reason = reason_of(status);
  if (status == 410) return {Kind::Disable, microseconds(0), reason};
  if (attempt.number == 0 || attempt.number > back_off.size()) {
    return {Kind::GiveUp, microseconds(0), reason};
  }
  return {Kind::Later, wait_after(status, retry_after, attempt, back_off), reason};
}

}  // namespace portico::notify::webhook

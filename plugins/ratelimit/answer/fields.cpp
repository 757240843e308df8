// SPDX-License-Identifier: Apache-2.0
#include "answer/fields.h"

#include <charconv>
#include <cstddef>
#include <string_view>

namespace portico::ratelimit {
namespace {

constexpr std::string_view PolicyName = "RateLimit-Policy";
constexpr std::string_view LimitName = "RateLimit";

/// Text of a bounded size, without memory of its own to ask for.
class Line {
 public:
  Line& operator<<(std::string_view text) noexcept {
    std::copy(text.begin(), text.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += text.size();
    return *this;
  }
  Line& operator<<(std::int64_t number) noexcept {
    char* const begin = bytes_.data() + size_;
    size_ += static_cast<std::size_t>(
        std::to_chars(begin, bytes_.data() + bytes_.size(), number).ptr - begin);
    return *this;
  }
  [[nodiscard]] std::string_view text() const noexcept { return {bytes_.data(), size_}; }

 private:
  // A name has 64 characters, a number 19.
  std::array<char, MostLimits * (64 + 2 * 19 + 16)> bytes_;
  std::size_t size_ = 0;
};

std::string policy_item(const SettledLimit& limit, HeaderForm form) {
  const std::string quota = std::to_string(limit.quota);
  const std::string window = limit.window == 0 ? "" : ";w=" + std::to_string(limit.window);
  if (form != HeaderForm::Draft8) return quota + window;
  const std::string unit = limit.window == 0 ? ";qu=\"concurrent-requests\"" : "";
  return '"' + limit.name + "\";q=" + quota + unit + window;
}

}  // namespace

AllTold told_of(const Decision& decision, std::size_t limits) noexcept {
  AllTold told;
  for (std::size_t i = 0; i < limits; ++i) {
    const Reading& reading = decision.readings[i];
    // Retry-After must not name an earlier time than this one.
    told[i] = {reading.remaining, seconds_up(reading.allowed ? reading.reset : reading.retry)};
  }
  return told;
}

Fields::Fields(HeaderForm form, const Policy& policy) : form_(form) {
  for (const Policy::Member& member : policy.members()) {
    const SettledLimit& limit = member.settled;
    entries_.push_back({'"' + limit.name + "\";r=", limit.quota, limit.window != 0});
    policy_ += (policy_.empty() ? "" : ", ") + policy_item(limit, form);
  }
  if (form != HeaderForm::Legacy && form != HeaderForm::None) fixed_.set(PolicyName, policy_);
}

void Fields::write(Headers& headers, const AllTold& told, std::int64_t now) const {
  if (form_ == HeaderForm::Draft8) return write_list(headers, told);
  if (form_ != HeaderForm::None) write_single(headers, told, now);
}

void Fields::write_list(Headers& headers, const AllTold& told) const {
  Line line;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (i > 0) line << ", ";
    line << entries_[i].begin << told[i].remaining;
    if (entries_[i].has_window) line << ";t=" << told[i].seconds;
  }
  if (headers.has(LimitName) || headers.has(PolicyName)) {
    headers.append(PolicyName, policy_);
    headers.append(LimitName, line.text());
  } else {
    headers.set(fixed_);
    headers.set(LimitName, line.text());
  }
}

std::size_t Fields::tightest(const AllTold& told) const noexcept {
  std::size_t found = 0;
  for (std::size_t i = 1; i < entries_.size(); ++i) {
    const bool tighter = told[i].remaining < told[found].remaining;
    const bool longer =
        told[i].remaining == told[found].remaining && told[i].seconds > told[found].seconds;
    if (tighter || longer) found = i;
  }
  return found;
}

void Fields::write_single(Headers& headers, const AllTold& told, std::int64_t now) const {
  const std::size_t at = tightest(told);
  const auto put = [&headers](std::string_view name, std::int64_t number) {
    headers.set(name, (Line() << number).text());
  };
  if (form_ == HeaderForm::Legacy) {
    if (headers.has("X-RateLimit-Limit")) return;
    put("X-RateLimit-Limit", entries_[at].quota);
    put("X-RateLimit-Remaining", told[at].remaining);
    put("X-RateLimit-Reset", now + told[at].seconds);
    return;
  }
  if (headers.has(PolicyName)) return;
  headers.set(fixed_);
  if (form_ == HeaderForm::Draft7) {
    Line line;
    line << "limit=" << entries_[at].quota << ", remaining=" << told[at].remaining
         << ", reset=" << told[at].seconds;
    headers.set(LimitName, line.text());
    return;
  }
  put("RateLimit-Limit", entries_[at].quota);
  put("RateLimit-Remaining", told[at].remaining);
  put("RateLimit-Reset", told[at].seconds);
}

}  // namespace portico::ratelimit

// SPDX-License-Identifier: Apache-2.0
// Whether a password is known from a breach. Made once and shared; any thread that may block, for
// as long as the fetch takes.
#pragma once

#include "password/breach_range.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace portico::auth {

enum class BreachAnswer : std::uint8_t {
  Breached,
  NotBreached,
  /// The service was not to be asked. Sign-up goes on without it: a service of others that is away
  /// must not take ours with it, and the common passwords are refused anyway.
  NotKnown,
};

class Breaches {
 public:
  /// The body of the answer of status 200; nothing where there was none. It should send
  /// `Add-Padding: true`. Called on the thread that asks, on several at once, and may block.
  using Fetch = std::function<std::optional<std::string>(const std::string& url)>;

  static constexpr std::string_view PublicService = "https://api.pwnedpasswords.com/range/";
  /// A range takes about 20 KB.
  static constexpr std::size_t UsualRanges = 128;

  /// The five digits are appended to `url`. `most_ranges` are kept, the first one goes first.
  explicit Breaches(Fetch fetch, std::string_view url = PublicService,
                    std::size_t most_ranges = UsualRanges);

  [[nodiscard]] BreachAnswer look_up(std::string_view password);

  /// How often it was NotKnown, since the start.
  [[nodiscard]] std::uint64_t failures() const noexcept {
    return failures_.load(std::memory_order_relaxed);
  }

 private:
  // Shared, for a range may be pushed out while another thread looks into it.
  using Range = std::shared_ptr<const BreachRange>;

  Range kept(const std::string& prefix);
  Range fetched(const std::string& prefix);
  void keep(const std::string& prefix, const Range& range);

  const Fetch fetch_;
  const std::string url_;
  const std::size_t most_ranges_;
  std::atomic<std::uint64_t> failures_{0};
  std::mutex mutex_;
  std::unordered_map<std::string, Range> ranges_;
  std::deque<std::string> order_;
};

}  // namespace portico::auth

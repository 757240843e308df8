// SPDX-License-Identifier: Apache-2.0
// How much a domain gets at once and in a minute: whoever sends a backlog to one provider as fast
// as can be is taken for a spammer. Its memory is bounded. Any thread.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>

namespace portico::notify {

class DomainLimits {
 public:
  using Clock = std::chrono::steady_clock;

  struct Limits {
    std::size_t at_once = 5;
    std::size_t per_minute = 120;
    /// That are remembered. Beyond that the one is forgotten that had nothing for the longest time.
    std::size_t domains = 10'000;
  };

  /// A transaction that may go on; it ends when this is destroyed. Must not outlive the limits.
  class Permit {
   public:
    Permit(Permit&& other) noexcept
        : limits_(std::exchange(other.limits_, nullptr)), domain_(std::move(other.domain_)) {}
    Permit& operator=(Permit&&) = delete;
    ~Permit() {
      if (limits_ != nullptr) limits_->give_back(domain_);
    }

   private:
    friend class DomainLimits;
    Permit(DomainLimits& limits, std::string domain) noexcept
        : limits_(&limits), domain_(std::move(domain)) {}

    DomainLimits* limits_;
    std::string domain_;
  };

  /// Throws std::invalid_argument where one of them is 0.
  explicit DomainLimits(const Limits& limits);

  /// Or how long to wait before it is asked for again: with luck no longer. `domain` in lower case,
  /// as Address has it. `now` must not go back.
  [[nodiscard]] std::variant<Permit, Clock::duration> try_take(std::string_view domain,
                                                               Clock::time_point now);

  /// Domains that are remembered.
  [[nodiscard]] std::size_t remembered() const;

 private:
  // In any minute there are at most so many: this slot's time and the twelve before it, 60 s and
  // what has gone of the 5 s of this one. So nobody gets more where two minutes meet.
  static constexpr std::chrono::seconds SlotTime{5};
  static constexpr std::size_t Slots = 13;

  struct Domain {
    std::array<std::uint32_t, Slots> taken{};  ///< By slot, modulo their number.
    std::int64_t slot = 0;                     ///< The latest.
    std::size_t held = 0;
    std::list<std::string>::iterator order{};
  };
  using Domains = std::unordered_map<std::string, Domain>;

  [[nodiscard]] Domain* find(const std::string& domain);
  [[nodiscard]] bool make_room();
  static void advance(Domain& domain, std::int64_t slot) noexcept;
  [[nodiscard]] Clock::duration wait_of(const Domain& domain, Clock::time_point now) const noexcept;
  void give_back(const std::string& domain) noexcept;

  const Limits limits_;
  mutable std::mutex mutex_;
  Domains domains_;
  std::list<std::string> order_;  // The one that had something last at the end.
};

}  // namespace portico::notify

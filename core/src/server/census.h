// SPDX-License-Identifier: Apache-2.0
// How many connections are open, in all and from each client. Shared by all loops; asked when a
// connection comes and told when it goes, never for a request.
#pragma once

#include "http/forwarded.h"

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>

namespace portico::server {

class Census {
 public:
  Census(std::size_t in_all, std::size_t per_client) noexcept
      : in_all_(in_all), per_client_(per_client) {}

  /// From now on; who is in stays.
  void limit(std::size_t in_all, std::size_t per_client) noexcept {
    in_all_.store(in_all, std::memory_order_relaxed);
    per_client_.store(per_client, std::memory_order_relaxed);
  }
  [[nodiscard]] bool full() const noexcept {
    return open() >= in_all_.load(std::memory_order_relaxed);
  }
  void enter() noexcept { open_.fetch_add(1, std::memory_order_relaxed); }
  void leave() noexcept;
  /// Counts one of them to the client that is answerable for it; for those of trusted proxies and
  /// of unix sockets nobody is. False, and not counted, when that client has its share already.
  [[nodiscard]] bool charge(const http::Address& client);
  void discharge(const http::Address& client) noexcept;
  /// Waits until none is open, or until the time is over; says which.
  [[nodiscard]] bool wait_empty(std::chrono::milliseconds patience);
  [[nodiscard]] std::size_t open() const noexcept { return open_.load(std::memory_order_relaxed); }

 private:
  struct Hash {
    std::size_t operator()(const http::Address& address) const noexcept;
  };
  struct Stripe {
    std::mutex mutex;
    std::unordered_map<http::Address, std::uint32_t, Hash> clients;
  };
  static constexpr std::size_t Stripes = 16;

  [[nodiscard]] Stripe& stripe_of(const http::Address& client) noexcept {
    return stripes_[Hash{}(client) % Stripes];
  }

  std::atomic<std::size_t> in_all_;
  std::atomic<std::size_t> per_client_;
  std::atomic<std::size_t> open_{0};
  std::array<Stripe, Stripes> stripes_;
  std::mutex empty_mutex_;
  std::condition_variable empty_;
};

}  // namespace portico::server

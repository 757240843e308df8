// SPDX-License-Identifier: Apache-2.0
// How many connections are open, in all and from each client. Those of the admin address and of
// probes have an allowance of their own: a full gateway can be asked how it is. Shared by all
// loops; asked when a connection comes and told when it goes, never for a request.
#pragma once

#include "http/forwarded.h"
#include "server/options.h"

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
  /// Connections that are not the gateway's clients'.
  static constexpr std::size_t MostOthers = 64;

  Census(std::size_t in_all, std::size_t per_client) noexcept
      : in_all_(in_all), per_client_(per_client) {}

  /// From now on; who is in stays.
  void limit(std::size_t in_all, std::size_t per_client) noexcept {
    in_all_.store(in_all, std::memory_order_relaxed);
    per_client_.store(per_client, std::memory_order_relaxed);
  }
  /// Whether another one for that has to wait.
  [[nodiscard]] bool full(Serves what) const noexcept {
    const std::size_t others = others_.load(std::memory_order_relaxed);
    if (what != Serves::Gateway) return others >= MostOthers;
    return open() >= in_all_.load(std::memory_order_relaxed) + others;
  }
  void enter(Serves what) noexcept;
  void leave(Serves what) noexcept;
  /// Counts one of them to the client that is answerable for it; for those of trusted proxies and
  /// of unix sockets nobody is. False, and not counted, when that client has its share already.
  [[nodiscard]] bool charge(const http::Address& client);
  void discharge(const http::Address& client) noexcept;
  /// Waits until none is open, or until the time is over; says which.
  [[nodiscard]] bool wait_empty(std::chrono::milliseconds patience);
  /// Of both sorts.
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
  std::atomic<std::size_t> others_{0};  // Of these, those that are not the gateway's.
  std::array<Stripe, Stripes> stripes_;
  std::mutex empty_mutex_;
  std::condition_variable empty_;
};

}  // namespace portico::server

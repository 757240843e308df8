// SPDX-License-Identifier: Apache-2.0
#include "server/census.h"

#include <cstring>

namespace portico::server {

std::size_t Census::Hash::operator()(const http::Address& address) const noexcept {
  std::array<std::uint64_t, 2> halves;
  std::memcpy(halves.data(), address.data(), sizeof halves);
  const std::uint64_t mixed =
      (halves[0] ^ (halves[1] * 0x9E3779B97F4A7C15ULL)) * 0xD6E8FEB86659FD93ULL;
  return mixed ^ (mixed >> 32U);
}

bool Census::charge(const http::Address& client) {
  Stripe& stripe = stripe_of(client);
  const std::lock_guard lock(stripe.mutex);
  std::uint32_t& count = stripe.clients[client];
  if (count >= per_client_.load(std::memory_order_relaxed)) return false;
  ++count;
  return true;
}

void Census::discharge(const http::Address& client) noexcept {
  Stripe& stripe = stripe_of(client);
  const std::lock_guard lock(stripe.mutex);
  const auto found = stripe.clients.find(client);
  if (found != stripe.clients.end() && --found->second == 0) stripe.clients.erase(found);
}

void Census::enter(Serves what) noexcept {
  if (what != Serves::Gateway) others_.fetch_add(1, std::memory_order_relaxed);
  open_.fetch_add(1, std::memory_order_relaxed);
}

void Census::leave(Serves what) noexcept {
  if (what != Serves::Gateway) others_.fetch_sub(1, std::memory_order_relaxed);
  if (open_.fetch_sub(1, std::memory_order_release) != 1) return;
  const std::lock_guard lock(empty_mutex_);
  empty_.notify_all();
}

bool Census::wait_empty(std::chrono::milliseconds patience) {
  std::unique_lock lock(empty_mutex_);
  return empty_.wait_for(lock, patience,
                         [this] { return open_.load(std::memory_order_acquire) == 0; });
}

}  // namespace portico::server

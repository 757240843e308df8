// SPDX-License-Identifier: Apache-2.0
#include "pipeline/crypto_pool.h"

#include <algorithm>

namespace portico::pipeline {
namespace {

constexpr int Nice = 5;
/// What one hash takes, generously: argon2id at its usual cost takes 19 MiB.
constexpr std::uint64_t MemoryOfHash = std::uint64_t{32} << 20U;

}  // namespace

Workers& CryptoPool::workers() {
  const std::lock_guard lock(mutex_);
  if (pool_ == nullptr) {
    pool_ = std::make_unique<WorkerPool>(threads_, Queue,
                                         WorkerPool::Manner{.name = "crypto", .nice = Nice});
  }
  return *pool_;
}

WorkerPool::State CryptoPool::state() const {
  const std::lock_guard lock(mutex_);
  if (pool_ != nullptr) return pool_->state();
  return {.threads = 0, .running = 0, .waiting = 0, .room = Queue, .refused = 0};
}

void CryptoPool::drain() {
  const std::lock_guard lock(mutex_);
  if (pool_ != nullptr) pool_->drain();
}

void CryptoPool::stop() {
  const std::lock_guard lock(mutex_);
  if (pool_ != nullptr) pool_->stop();
}

std::size_t crypto_threads(std::size_t cores, std::uint64_t memory) noexcept {
  const std::uint64_t most = memory / 4 / MemoryOfHash;
  return std::max<std::uint64_t>(1, std::min<std::uint64_t>(2 * cores, most));
}

}  // namespace portico::pipeline

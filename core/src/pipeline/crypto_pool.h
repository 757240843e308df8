// SPDX-License-Identifier: Apache-2.0
// The threads of routes that hash passwords (`Pool::Crypto`), apart from the usual workers: a hash
// is nothing but processor time and memory, and a flood of logins must take neither from the rest.
// They give way to the loops (nice 5), their number is bounded by cores and memory, and who finds
// the queue full is answered at once. Most gateways hash nothing: there are no threads until a
// route asks for them.
#pragma once

#include "pipeline/worker_pool.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>

namespace portico::pipeline {

class CryptoPool {
 public:
  static constexpr std::size_t Queue = 64;

  explicit CryptoPool(std::size_t threads) noexcept : threads_(threads) {}
  CryptoPool(const CryptoPool&) = delete;
  CryptoPool& operator=(const CryptoPool&) = delete;
  ~CryptoPool() = default;

  /// Starts the threads the first time. Throws std::system_error where there can be none.
  [[nodiscard]] Workers& workers();
  /// Any thread.
  [[nodiscard]] WorkerPool::State state() const;
  // As those of `WorkerPool`.
  void drain();
  void stop();

 private:
  const std::size_t threads_;
  mutable std::mutex mutex_;
  std::unique_ptr<WorkerPool> pool_;
};

/// Two for each core, so that one hashes while another waits for the database; fewer where hashes
/// on all of them could take more than a quarter of `memory` bytes. At least one.
[[nodiscard]] std::size_t crypto_threads(std::size_t cores, std::uint64_t memory) noexcept;

}  // namespace portico::pipeline

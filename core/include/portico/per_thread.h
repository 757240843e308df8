// SPDX-License-Identifier: Apache-2.0
// One T for each thread that asks: each loop has its own, and none takes a lock for it or shares
// a word with another. Made on the thread's first call; let go of with this.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>

namespace portico {

template <class T>
class PerThread {
 public:
  explicit PerThread(std::function<std::unique_ptr<T>()> make) : make_(std::move(make)) {}
  PerThread(const PerThread&) = delete;
  PerThread& operator=(const PerThread&) = delete;

  /// That of the calling thread.
  [[nodiscard]] T& here() {
    // By a number that is never used again: a later owner may stand at this one's address.
    thread_local constinit Last last;
    if (last.owner != number_) last = {number_, &find()};
    return *last.mine;
  }

  /// Calls `visit` with each of them. They must bear that beside their own thread.
  template <class Visit>
  void each(Visit visit) {
    const std::lock_guard lock(mutex_);
    for (const auto& [thread, one] : all_) visit(*one);
  }

 private:
  struct Last {
    std::uint64_t owner = 0;
    T* mine = nullptr;
  };

  [[nodiscard]] T& find() {
    const std::lock_guard lock(mutex_);
    std::unique_ptr<T>& mine = all_[std::this_thread::get_id()];
    if (mine == nullptr) mine = make_();
    return *mine;
  }
  [[nodiscard]] static std::uint64_t next_number() noexcept {
    static constinit std::atomic<std::uint64_t> last{0};
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
  }

  const std::uint64_t number_ = next_number();
  const std::function<std::unique_ptr<T>()> make_;
  std::mutex mutex_;
  std::unordered_map<std::thread::id, std::unique_ptr<T>> all_;
};

}  // namespace portico

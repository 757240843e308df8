// SPDX-License-Identifier: Apache-2.0
// Threads that do one thing at once, again and again.
#pragma once

#include <barrier>
#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace portico::ratelimit {

class Crew {
 public:
  explicit Crew(std::size_t size) : begin_(edges(size)), end_(edges(size)) {
    for (std::size_t i = 0; i < size; ++i) {
      threads_.emplace_back([this, i] {
        while (true) {
          begin_.arrive_and_wait();
          if (!work_) return;
          work_(i);
          end_.arrive_and_wait();
        }
      });
    }
  }
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  ~Crew() {
    work_ = nullptr;
    begin_.arrive_and_wait();
    for (std::thread& thread : threads_) thread.join();
  }

  /// `work(i)` on each thread i at the same time; returns when all are done.
  void run(std::function<void(std::size_t)> work) {
    work_ = std::move(work);
    begin_.arrive_and_wait();
    end_.arrive_and_wait();
  }
  [[nodiscard]] std::size_t size() const noexcept { return threads_.size(); }

 private:
  static std::ptrdiff_t edges(std::size_t size) { return static_cast<std::ptrdiff_t>(size) + 1; }

  std::barrier<> begin_;
  std::barrier<> end_;
  std::function<void(std::size_t)> work_;
  std::vector<std::thread> threads_;
};

}  // namespace portico::ratelimit

// SPDX-License-Identifier: Apache-2.0
// How another thread wakes a loop: an eventfd that the loop polls. Many signals before one `clear`
// are one wake-up.
#pragma once

namespace portico::loop {

class Wakeup {
 public:
  /// Throws std::system_error.
  Wakeup();
  Wakeup(const Wakeup&) = delete;
  Wakeup& operator=(const Wakeup&) = delete;
  ~Wakeup();

  /// Readable after `signal`, until `clear`.
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
  /// From any thread; also safe in a signal handler.
  void signal() noexcept;
  void clear() noexcept;

 private:
  int descriptor_;
};

}  // namespace portico::loop

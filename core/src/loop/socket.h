// SPDX-License-Identifier: Apache-2.0
// A socket's descriptor: owned, non-blocking, closed on exec.
#pragma once

#include <utility>

namespace portico::loop {

class Socket {
 public:
  Socket() noexcept = default;
  explicit Socket(int descriptor) noexcept : descriptor_(descriptor) {}
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~Socket() { close(); }

  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
  [[nodiscard]] bool open() const noexcept { return descriptor_ >= 0; }
  void close() noexcept;
  /// Closes so that the peer sees a broken connection, not the end of a message.
  void reset() noexcept;

 private:
  int descriptor_ = -1;
};

}  // namespace portico::loop

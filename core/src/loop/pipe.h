// SPDX-License-Identifier: Apache-2.0
// Bytes on their way from one socket to another that stay in the kernel: splice fills a pipe from
// the one and empties it into the other without copying them. A loop lends its pipes, each to one
// piece of a body at a time, so that what is idle or slow costs few descriptors.
#pragma once

#include <array>
#include <cstddef>
#include <memory>

#include <sys/types.h>

namespace portico::loop {

class Pipe {
 public:
  /// What it is asked to hold, at most; the kernel may give less.
  static constexpr std::size_t Capacity = std::size_t{256} * 1024;
  /// Less than this at a time is cheaper by memory.
  static constexpr std::size_t LeastFlow = std::size_t{16} * 1024;

  /// Null where the kernel has none left.
  [[nodiscard]] static std::unique_ptr<Pipe> make() noexcept;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe();

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// Takes up to `most` bytes from a socket, as `recv` would. Requires that it is empty: of a full
  /// one the kernel says the same as of a socket that has nothing.
  ssize_t fill(int socket, std::size_t most) noexcept;
  /// Gives what it holds to a socket, as `send` would; less than all of it says nothing of how much
  /// room the socket has.
  ssize_t empty(int socket) noexcept;

 private:
  Pipe(int out, int in) noexcept : out_(out), in_(in) {}

  const int out_;
  const int in_;
  std::size_t size_ = 0;
};

/// One loop's.
class Pipes {
 public:
  /// Lent at once. Who gets none goes by memory.
  static constexpr std::size_t Most = 64;

  struct Return {
    Pipes* home = nullptr;
    void operator()(Pipe* pipe) const noexcept { home->take_back(pipe); }
  };
  using Lent = std::unique_ptr<Pipe, Return>;

  Pipes() = default;
  Pipes(const Pipes&) = delete;
  Pipes& operator=(const Pipes&) = delete;

  /// An empty one, or null.
  [[nodiscard]] Lent lend() noexcept;

 private:
  static constexpr std::size_t Kept = 8;

  void take_back(Pipe* pipe) noexcept;

  std::array<std::unique_ptr<Pipe>, Kept> spare_;
  std::size_t spares_ = 0;
  std::size_t lent_ = 0;
};

}  // namespace portico::loop

// SPDX-License-Identifier: Apache-2.0
// Sockets of somebody who reads them piecemeal, so that an edge would be lost on him: they have an
// epoll of their own, told by level, and the loop watches that one descriptor.
#pragma once

#include "loop/loop.h"

namespace portico::loop::dns {

class SocketSet final : Watch {
 public:
  struct Owner {
    void (*ready)(Owner&, int descriptor, bool readable, bool writable) noexcept = nullptr;
  };

  /// Throws std::system_error. It goes when the loop does not run, or in a task of it.
  SocketSet(Loop& loop, Owner& owner);
  SocketSet(const SocketSet&) = delete;
  SocketSet& operator=(const SocketSet&) = delete;
  ~SocketSet();

  /// Neither: it is about to be closed. One for which the kernel has no room tells nothing, and
  /// whoever waits for it runs into his deadline.
  void mind(int descriptor, bool readable, bool writable) noexcept;

 private:
  void tell() noexcept;

  Loop& loop_;
  Owner& owner_;
  int epoll_;
};

}  // namespace portico::loop::dns

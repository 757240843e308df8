// SPDX-License-Identifier: Apache-2.0
// Who speaks another protocol over the client's connection, once the answer 101 has switched to it.
// What it says goes through its answer's feed. Owned by that answer; all of it on the loop.
#pragma once

#include "loop/executor.h"

#include <string_view>

namespace portico::http {

class Receiver {
 public:
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;
  virtual ~Receiver();

  /// The connection is its own from now on, carried by `executor` until `closed`.
  virtual void opened(loop::Executor& executor) noexcept = 0;
  /// What the client sent. What a plugin throws passes through, after a farewell.
  virtual void received(std::string_view bytes) = 0;
  /// The server stops: say farewell and end the feed.
  virtual void leave() noexcept = 0;
  /// What let the client in holds no longer: likewise.
  virtual void dismiss() noexcept = 0;
  /// The connection is over. The last call.
  virtual void closed() = 0;

 protected:
  Receiver() = default;
};

}  // namespace portico::http

// SPDX-License-Identifier: Apache-2.0
// Whether somebody accepts connections at an address: what a check of a server asks that speaks no
// HTTP.
#pragma once

#include "loop/loop.h"
#include "loop/socket.h"
#include "upstream/socket_address.h"
#include <portico/callable.h>

#include <string_view>

namespace portico::fetch {

class Knock final : loop::Watch {
 public:
  /// `heard` gets an empty text where somebody accepted, else a static one that says why not.
  Knock(loop::Loop& loop, const upstream::SocketAddress& where,
        Callable<void(std::string_view)> heard);
  Knock(const Knock&) = delete;
  Knock& operator=(const Knock&) = delete;
  ~Knock();

 private:
  static void on_ready(loop::Watch& watch, std::uint32_t events) noexcept;

  loop::Loop& loop_;
  loop::Socket socket_;
  Callable<void(std::string_view)> heard_;
  bool watched_ = false;
};

}  // namespace portico::fetch

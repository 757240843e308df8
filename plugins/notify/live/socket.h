// SPDX-License-Identifier: Apache-2.0
// A listener by WebSocket: each message is {"seq", "event", "payload"}. What it says is not heard.
#pragma once

#include "live/outlet.h"
#include "live/seats.h"
#include <portico/websocket.h>

namespace portico::notify {

class Socket final : public Outlet {
 public:
  Socket();

  /// Whether a request is for one. Whoever knows the caller by a cookie has looked at its Origin.
  [[nodiscard]] static bool wanted(const Request& request);
  /// 101; or why this is no handshake, and then it is not open.
  [[nodiscard]] Response answer(Request& request, Seat seat) const;

  bool tell(const TopicMessage& message) override;
  /// Core asks by itself whether a client is there.
  void keep_alive() override {}
  void end(Farewell why) noexcept override;
  [[nodiscard]] bool open() const noexcept override { return socket_.open(); }

 private:
  const WebSocket socket_;
};

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
// A listener by Server-Sent Events: the id of each is its number, so that a browser says by itself
// what it has seen when it comes back.
#pragma once

#include "live/outlet.h"
#include "live/seats.h"
#include <portico/stream.h>

#include <chrono>

namespace portico::notify {

class EventStream final : public Outlet {
 public:
  /// `retry`: so long a browser waits before it comes back.
  EventStream(std::chrono::milliseconds retry, Seat seat);

  [[nodiscard]] Response answer() const;

  bool tell(const TopicMessage& message) override;
  void keep_alive() override;
  void end(Farewell why) noexcept override;
  [[nodiscard]] bool open() const noexcept override { return feed_.open(); }

 private:
  const Feed feed_;
};

}  // namespace portico::notify

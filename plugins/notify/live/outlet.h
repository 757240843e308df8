// SPDX-License-Identifier: Apache-2.0
// Where one listener is told. Any thread; nothing here waits.
#pragma once

#include "store/topics.h"

#include <cstdint>

namespace portico::notify {

class Outlet {
 public:
  enum class Farewell : std::uint8_t {
    ComeBack,    ///< There is more, for whoever says what they have seen.
    NotAllowed,  ///< To listen.
  };

  Outlet() = default;
  Outlet(const Outlet&) = delete;
  Outlet& operator=(const Outlet&) = delete;
  virtual ~Outlet() = default;

  /// False where it will not be sent: the listener has gone, or is cut for being too slow.
  virtual bool tell(const TopicMessage& message) = 0;
  /// For what stands between, and cuts silent connections.
  virtual void keep_alive() = 0;
  /// What was told before is still sent.
  virtual void end(Farewell why) noexcept = 0;
  [[nodiscard]] virtual bool open() const noexcept = 0;
};

}  // namespace portico::notify

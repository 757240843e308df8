// SPDX-License-Identifier: Apache-2.0
// One who listens to a topic: what they were told last, and how they are told the rest, in order,
// nothing twice, and what is lost by name. One thread at a time.
#pragma once

#include "live/outlet.h"
#include "live/source.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>

namespace portico::notify {

class Listener {
 public:
  static constexpr std::size_t Everything = std::numeric_limits<std::size_t>::max();

  struct Who {
    std::string topic;
    std::string user;
    bool own = false;      ///< The topic is the user's: nobody subscribes them to it.
    std::int64_t seq = 0;  ///< What they have seen.
  };
  enum class Heard : std::uint8_t {
    All,
    Part,  ///< As many bytes were told as should be.
    None,  ///< The listener is gone.
  };

  Listener(Who who, std::unique_ptr<Outlet> outlet)
      : who_(std::move(who)), outlet_(std::move(outlet)) {}

  [[nodiscard]] const Who& who() const noexcept { return who_; }
  [[nodiscard]] std::int64_t seq() const noexcept { return who_.seq; }
  [[nodiscard]] bool open() const noexcept { return outlet_->open(); }

  /// Who has seen a number that is still to come has it from before the numbers began anew: they go
  /// on behind the last one.
  void begin_no_later_than(std::int64_t last);
  /// What of it they have not heard, until so many bytes were told in all. Whoever lacks what is
  /// before it is told nothing.
  Heard hear(const Reading& reading, std::chrono::nanoseconds now, std::size_t most = Everything);
  /// Where nothing was said for a while.
  void keep_alive(std::chrono::nanoseconds now);
  void end(Outlet::Farewell why) noexcept { outlet_->end(why); }

 private:
  bool tell(const TopicMessage& message);
  bool tell_gap(std::int64_t from, std::int64_t until);

  Who who_;
  const std::unique_ptr<Outlet> outlet_;
  std::size_t bytes_ = 0;  // So many were told.
  std::chrono::nanoseconds told_{0};
};

}  // namespace portico::notify

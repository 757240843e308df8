// SPDX-License-Identifier: Apache-2.0
// Tells those who listen what was said: who begins, what they have missed; all, what comes. The
// truth is in the tables, and each listener has a number: whoever reads what is behind it, on
// whatever thread and however often, tells it once and in order. All functions may block, and throw
// SqlError: what was not told then is told later.
#pragma once

#include "live/audience.h"
#include "live/source.h"

#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <string_view>

namespace portico::notify {

class Streams {
 public:
  static constexpr std::int64_t Unknown = std::numeric_limits<std::int64_t>::max();

  using Now = std::chrono::nanoseconds;

  Streams(Source& source, Audience& audience) : source_(source), audience_(audience) {}

  /// From what they have seen on. Of much that they have missed they are told a part, and that they
  /// should come back for the rest: it need not fit into memory.
  void listen(std::unique_ptr<Listener> listener, Now now);
  /// That, or something up to there, was said on a topic.
  void said(std::string_view topic, std::int64_t seq, Now now);
  /// Looks whether something was said anywhere of which nobody told us. Once a second.
  void look(Now now);
  /// Ends those who are subscribed no longer.
  void look_at_subscriptions();

 private:
  Source& source_;
  Audience& audience_;
};

}  // namespace portico::notify

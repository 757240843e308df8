// SPDX-License-Identifier: Apache-2.0
// The streams of this node, wired: who listens, who tells them, and what other nodes say. Any
// thread that may block.
#pragma once

#include "live/news.h"
#include "live/seats.h"
#include "live/source.h"
#include "live/streams.h"
#include <portico/host.h>
#include <portico/sql.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace portico::notify {

class Live {
 public:
  /// `redis` is empty where there is none.
  Live(std::string_view redis, Sql& sql, Host& host);
  Live(const Live&) = delete;
  Live& operator=(const Live&) = delete;

  /// In the plugin's `setup`, and its `start`.
  void setup();
  void start();

  [[nodiscard]] std::variant<Seat, Seats::Shortage> seat(const std::string& user);
  void listen(std::unique_ptr<Listener> listener);
  /// After the commit: who listens here is told before it returns, others soon.
  void said(std::string_view topic, std::int64_t seq);
  /// Nobody has them subscribed any more: their streams end.
  void left(std::string_view topic, std::string_view user);

 private:
  template <class Work>
  void attempt(Work work);
  void end(std::string_view topic, std::string_view user);
  void look();
  void catch_up();

  Host& host_;
  News news_;
  Tables tables_;
  // Those of all instances: listeners stay over a reload.
  const std::shared_ptr<Seats> seats_;
  const std::shared_ptr<Audience> audience_;
  Streams streams_;
  Gauge& listening_;
  unsigned looks_ = 0;
  std::atomic<bool> away_{false};
};

}  // namespace portico::notify

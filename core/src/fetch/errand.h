// SPDX-License-Identifier: Apache-2.0
// One fetch: name, address, connection, answer. On the loop of the errands.
#pragma once

#include "base/arena.h"
#include "fetch/courier.h"
#include "fetch/knock.h"
#include "http/request_state.h"
#include "loop/dns/resolver.h"
#include "loop/loop.h"
#include "upstream/outbound.h"
#include <portico/units.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace portico::fetch {

/// What errands share.
struct Office {
  loop::Loop& loop;
  loop::dns::Resolver& resolver;
  upstream::Outbound& outbound;
  std::shared_ptr<const tls::ClientContext> tls{};  ///< The system's trust, once it was needed.
};

class Errand final : upstream::Caller, loop::Timer, loop::Task {
 public:
  /// `ended` runs in a step of its own once it is over; it may destroy the errand.
  Errand(Office& office, Fetch order, Done done, Callable<void()> ended);
  Errand(const Errand&) = delete;
  Errand& operator=(const Errand&) = delete;
  /// Not while its loop runs, but by `ended`.
  ~Errand();

  void begin();
  /// With this error, unless it is over.
  void fail(std::string_view why);
  /// Nobody is told of its end, which comes soon.
  void abandon();

 private:
  static void on_time(loop::Timer& timer) noexcept;
  static void on_task(loop::Task& task) noexcept;
  void call_moved() noexcept override { office_.loop.later(*this); }

  void set_out();
  void resolved(const loop::dns::Addresses& answer);
  void connect(std::vector<std::string> addresses);
  void knock(const std::string& address);
  [[nodiscard]] std::shared_ptr<const tls::ClientContext> trust();
  void fill_request();
  void advance();
  void take_head();
  [[nodiscard]] bool take_body();
  void finish();

  Office& office_;
  Fetch order_;
  Done done_;
  Callable<void()> ended_;
  Url url_;
  Fetched answer_;
  std::chrono::nanoseconds began_{0};
  loop::dns::Lookup lookup_;
  std::shared_ptr<detail::UpstreamState> group_;
  base::Arena arena_;
  http::RequestState request_{arena_};
  upstream::Call* call_ = nullptr;
  std::unique_ptr<Knock> knock_;
  bool head_taken_ = false;
  bool body_sent_ = false;
  bool over_ = false;
};

}  // namespace portico::fetch

// SPDX-License-Identifier: Apache-2.0
// What one loop has to do with upstreams: those that it has called, and the memory of calls, which
// it lends. Loops share nothing but a backend's load.
#pragma once

#include "base/spares.h"
#include "loop/loop.h"
#include "loop/pipe.h"
#include "services/log/sink.h"
#include "tls/session.h"
#include "upstream/call.h"
#include "upstream/local.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace portico::upstream {

class Outbound final : loop::Task {
 public:
  Outbound(loop::Loop& loop, services::LogSink& log);
  Outbound(const Outbound&) = delete;
  Outbound& operator=(const Outbound&) = delete;
  /// Requires that every call was taken back.
  ~Outbound();

  [[nodiscard]] loop::Loop& loop() noexcept { return loop_; }
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept { return loop_.clock().now(); }
  [[nodiscard]] tls::RecordBuffer& record_buffer() noexcept { return record_buffer_; }
  [[nodiscard]] loop::Pipes& pipes() noexcept { return pipes_; }
  [[nodiscard]] std::uint32_t random() noexcept;

  /// It is closed, and dies when no event of this turn can be for it any more.
  void bury(Connection& connection) noexcept;
  /// A try failed.
  void note(const detail::UpstreamState& group, const Backend& backend, const Try& made,
            std::string_view request_id) noexcept;
  /// Throws std::bad_alloc.
  [[nodiscard]] Call& lend();
  /// Of a call that was reset.
  void take_back(Call& call) noexcept;
  /// Throws std::bad_alloc.
  [[nodiscard]] Local& local(detail::UpstreamState& group);

 private:
  static void on_task(loop::Task& task) noexcept;
  void empty_graves() noexcept;

  loop::Loop& loop_;
  services::LogSink& log_;
  tls::RecordBuffer record_buffer_;
  loop::Pipes pipes_;
  std::uint64_t seed_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Local>> locals_;
  base::Spares<Call> spare_;
  Connection* buried_ = nullptr;
};

}  // namespace portico::upstream

// SPDX-License-Identifier: Apache-2.0
// One body on its way through its stages to the wire, no faster than the peer takes it: first the
// bytes that are held in memory, then, where there is more, what the wire delivers.
#pragma once

#include "http/body_stages.h"
#include "pipeline/engine.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::pipeline {

class BodyPump final : public http::Outlet {
 public:
  /// Whether the wire has more of the body behind the held bytes.
  enum class Source : std::uint8_t { HeldAlone, WireToo };

  BodyPump(Wire& wire, Way way) noexcept : wire_(wire), way_(way) {}

  /// `held` and the stages stay until the end. Nothing is sent before `go_on`.
  void begin(http::BodyStages& stages, std::string_view held, Source source) noexcept;
  /// Forgets the body.
  void stop() noexcept { active_ = false; }
  /// From `begin` to the end of the body or `stop`.
  [[nodiscard]] bool active() const noexcept { return active_; }

  // What a stage throws passes through these; the body is broken then.
  /// Sends what may be sent of the held bytes, then asks the wire for more or ends the body.
  void go_on();
  /// The wire delivered bytes.
  void chunk(std::string_view bytes);
  /// The wire's body has ended.
  void source_ended();
  /// The peer has taken enough.
  void drained();

  void write(std::string_view bytes) override;
  [[nodiscard]] bool full() const noexcept override { return waiting_ >= HighWater; }

 private:
  void finish();

  Wire& wire_;
  const Way way_;
  http::BodyStages* stages_ = nullptr;
  std::string_view held_;
  std::size_t waiting_ = 0;
  Source source_ = Source::HeldAlone;
  bool active_ = false;
};

}  // namespace portico::pipeline

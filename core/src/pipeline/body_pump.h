// SPDX-License-Identifier: Apache-2.0
// One body on its way through its stages to the wire, no faster than the peer takes it: first the
// bytes that are held in memory, then, where there is more, what the wire delivers. Where an answer
// can still become another one its head waits for the first byte that the stages let out.
#pragma once

#include "http/body_stages.h"
#include "pipeline/engine.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace portico::pipeline {

/// What must go out before a body does.
class BodyHead {
 public:
  virtual void send() = 0;

 protected:
  ~BodyHead() = default;
};

class BodyPump final : public http::Outlet {
 public:
  /// What more of the body there is behind the held bytes: nothing, what the wire delivers when it
  /// is asked, or what the owner pushes while this is not full.
  enum class Source : std::uint8_t { HeldAlone, WireToo, Owner };

  BodyPump(Wire& wire, Way way) noexcept : wire_(wire), way_(way) {}

  /// `held` and the stages stay until the end. Nothing is sent before `go_on`, and nothing before
  /// `head` was, if there is one: it is sent with the first byte, or with the end.
  void begin(http::BodyStages& stages, std::string_view held, Source source,
             BodyHead* head = nullptr) noexcept;
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
  void send_head();
  void finish();

  Wire& wire_;
  const Way way_;
  BodyHead* head_ = nullptr;
  http::BodyStages* stages_ = nullptr;
  std::string_view held_;
  std::size_t waiting_ = 0;
  Source source_ = Source::HeldAlone;
  bool active_ = false;
};

}  // namespace portico::pipeline

// SPDX-License-Identifier: Apache-2.0
// The stages attached to one body, in the order attached, and the run of bytes through them. A
// stage writes to a sink; the sink of the last one is the `Outlet`, which knows the peer.
#pragma once

#include "base/arena.h"
#include <portico/http.h>

#include <cstddef>
#include <memory>
#include <string_view>

namespace portico::http {

/// The end of the line: what the last stage writes to.
class Outlet {
 public:
  virtual void write(std::string_view bytes) = 0;
  [[nodiscard]] virtual bool full() const noexcept = 0;

 protected:
  ~Outlet() = default;
};

/// Owns the stages; their list is in the arena of the message. A stage that throws leaves the body
/// broken: `push` and `end` pass the exception on and must not be called again.
class BodyStages {
 public:
  BodyStages() noexcept = default;
  BodyStages(const BodyStages&) = delete;
  BodyStages& operator=(const BodyStages&) = delete;
  ~BodyStages() { clear(); }

  void add(std::unique_ptr<BodyStage> stage, base::Arena& arena);
  [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
  void clear() noexcept;

  /// Says who attached the stages that nobody has claimed yet; false when there are none.
  bool claim(std::size_t owner) noexcept;
  /// Who attached the stage that threw.
  [[nodiscard]] std::size_t thrower() const noexcept { return running_->owner; }

  /// Sends a chunk through all stages into `outlet`; straight there when none is attached.
  void push(std::string_view bytes, Outlet& outlet);
  /// Ends stage after stage; what they still write goes through the ones behind them.
  void end(Outlet& outlet);

 private:
  friend class StageSink;
  static constexpr std::size_t Unclaimed = ~std::size_t{0};
  struct Node {
    BodyStage* stage;
    Node* next;
    std::size_t owner;
  };

  void run(Node* node, std::string_view bytes, Outlet& outlet);

  Node* first_ = nullptr;
  Node* last_ = nullptr;
  Node* running_ = nullptr;
};

}  // namespace portico::http

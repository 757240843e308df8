// SPDX-License-Identifier: Apache-2.0
// What is behind the SDK's `Flow`. A plain pass has no state at all.
#pragma once

#include <portico/flow.h>

#include <optional>
#include <utility>

namespace portico::detail {

struct FlowState {
  explicit FlowState(Flow::Kind its_kind) noexcept : kind(its_kind) {}
  FlowState(const FlowState&) = delete;
  FlowState& operator=(const FlowState&) = delete;
  ~FlowState() { delete pending; }

  Flow::Kind kind;
  bool on_heap = false;
  After after;
  Finally finally;
  std::optional<Response> response;
  Pending* pending = nullptr;  ///< Owned.
  Target target;
};

/// The driver's way into a `Flow`.
class FlowAccess {
 public:
  static Flow make(FlowState* state) noexcept { return Flow(state); }
  /// Null for a plain pass.
  static FlowState* state(const Flow& flow) noexcept { return flow.state_; }
};

}  // namespace portico::detail

// SPDX-License-Identifier: Apache-2.0
#include "upstream/state.h"

namespace portico::proxy {

void TargetState::describe(Schema<TargetState>& s) {
  s.summary("How a target is.");
  s.field("target", &TargetState::target, "Where it is, and its name where it has one.");
  s.field("state", &TargetState::state,
          "`up`; `out`, for its answers; `trial`, until its next answer; `unwell`, as checks say.");
  s.field("seconds", &TargetState::seconds, "For so long it is still out.");
}

void UpstreamState::describe(Schema<UpstreamState>& s) {
  s.summary("An upstream and its targets.");
  s.field("name", &UpstreamState::name, "As the file names it.");
  s.field("breaker", &UpstreamState::breaker, "`closed`, `open` or `half_open`.");
  s.field("targets", &UpstreamState::targets, "Those that were listed or found last.");
}

void State::describe(Schema<State>& s) {
  s.summary("The upstreams as they are now.");
  s.field("upstreams", &State::upstreams, "Those that a route leads to.");
}

}  // namespace portico::proxy

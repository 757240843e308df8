// SPDX-License-Identifier: Apache-2.0
// What /status says of the upstreams.
#pragma once

#include <portico/schema.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::proxy {

struct TargetState {
  std::string target;
  std::string state;
  std::optional<std::int64_t> seconds;

  static void describe(Schema<TargetState>& s);
};

struct UpstreamState {
  std::string name;
  std::optional<std::string> breaker;
  std::vector<TargetState> targets;

  static void describe(Schema<UpstreamState>& s);
};

struct State {
  std::vector<UpstreamState> upstreams;

  static void describe(Schema<State>& s);
};

}  // namespace portico::proxy

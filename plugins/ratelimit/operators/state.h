// SPDX-License-Identifier: Apache-2.0
// What /status says of the plugin, and what may be ordered at the admin address.
#pragma once

#include <portico/schema.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::ratelimit {

struct RefusedKey {
  std::string place;
  std::string key;
  std::optional<std::string> text;
  std::uint64_t refused = 0;

  static void describe(Schema<RefusedKey>& s);
};

struct State {
  std::uint64_t keys = 0;
  std::uint64_t max_keys = 0;
  std::uint64_t evicted = 0;
  std::vector<RefusedKey> refused;

  static void describe(Schema<State>& s);
};

struct ResetOrder {
  std::string key;
  std::string place;
  std::vector<std::string> by;

  static void describe(Schema<ResetOrder>& s);
};

struct ResetOutcome {
  std::uint64_t reset = 0;

  static void describe(Schema<ResetOutcome>& s);
};

}  // namespace portico::ratelimit

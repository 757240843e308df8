// SPDX-License-Identifier: Apache-2.0
// What /status says of the plugin.
#pragma once

#include <portico/schema.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::auth {

struct IssuerState {
  std::string issuer;
  std::uint64_t keys = 0;
  std::optional<std::uint64_t> fetched_ago;
  std::optional<std::string> error;

  static void describe(Schema<IssuerState>& s);
};

struct State {
  std::vector<IssuerState> issuers;
  std::uint64_t revoked = 0;

  static void describe(Schema<State>& s);
};

}  // namespace portico::auth

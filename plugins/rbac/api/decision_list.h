// SPDX-License-Identifier: Apache-2.0
// The route /decisions: what was decided, the newest first.
#pragma once

#include "api/parts.h"
#include <portico/http.h>
#include <portico/schema.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::rbac {

struct DecisionView {
  std::string id;
  std::string at;
  std::string subject;
  std::string permission;
  std::string scope;
  std::optional<std::string> resource;
  bool allowed = false;
  std::string reason;
  std::optional<std::string> role;
  std::int64_t version = 0;
  std::optional<std::string> request_id;

  static void describe(Schema<DecisionView>& s);
};

struct DecisionList {
  std::vector<DecisionView> items;
  std::optional<std::string> next;

  static void describe(Schema<DecisionList>& s);
};

/// ?subject=, ?permission=, ?allowed=, ?from= and ?to= say which.
[[nodiscard]] Response list_decisions(Request& request, const Parts& parts);

}  // namespace portico::rbac

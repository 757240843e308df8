// SPDX-License-Identifier: Apache-2.0
// The routes /explain and /list-resources: why something is so, and what else is. For people, and
// for whoever builds a list of what somebody may see.
#pragma once

#include "api/checks.h"
#include "api/parts.h"
#include <portico/http.h>
#include <portico/schema.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::rbac {

/// A grant that was looked at.
struct ExplainedGrant {
  std::vector<std::string> path;
  std::string scope;
  std::string permission;
  std::string effect;
  FreeJson condition;
  std::optional<std::string> why;

  static void describe(Schema<ExplainedGrant>& s);
};

struct ExplanationView {
  bool allowed = false;
  std::string reason;
  std::string sentence;
  std::vector<ExplainedGrant> matched;
  std::vector<ExplainedGrant> rejected;
  std::int64_t version = 0;

  static void describe(Schema<ExplanationView>& s);
};

struct ListBody {
  std::optional<std::string> subject;
  std::string type;
  std::string action;
  std::optional<std::int64_t> min_version;

  static void describe(Schema<ListBody>& s);
};

struct ReachedPart {
  std::string permission;
  FreeJson condition;
  std::string scope;

  static void describe(Schema<ReachedPart>& s);
};

struct ReachedView : ReachedPart {
  std::vector<ReachedPart> except;

  static void describe(Schema<ReachedView>& s);
};

struct ReachList {
  std::vector<ReachedView> items;
  std::int64_t version = 0;

  static void describe(Schema<ReachList>& s);
};

[[nodiscard]] Response explain_check(Request& request, const Parts& parts);
[[nodiscard]] Response list_resources(Request& request, const Parts& parts);

}  // namespace portico::rbac

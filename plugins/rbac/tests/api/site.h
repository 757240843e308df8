// SPDX-License-Identifier: Apache-2.0
// The routes of rbac as their callers see them, over a database of the test's own. Whoever calls is
// named with each request. The rules before the routes let everybody pass; what is asked for within
// the handlers is real. "root" is an administrator, and everybody exists but "nobody".
#pragma once

#include "store/decisions.h"
#include <portico/testing.h>

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace portico::rbac::test {

using portico::testing::Gateway;
using portico::testing::GivenFields;
using portico::testing::Reply;
using namespace std::chrono_literals;

/// The text of the first member of that name, at any depth; empty where there is none.
[[nodiscard]] std::string member(const std::string& json, std::string_view name);
[[nodiscard]] inline std::string code_of(const Reply& reply) { return member(reply.body, "code"); }
/// The code and what would be needed: `self_grant ["rbac:roles:grant-any"]`.
[[nodiscard]] std::string refusal_of(const Reply& reply);

/// What the stand-ins for the rest of the plugin, and for `auth`, were told and are to say.
struct Surroundings {
  std::vector<std::int64_t> committed;
  std::vector<LoggedDecision> decided;
  std::vector<std::string> audit;  ///< "root role_created role viewer {...}"
  std::set<std::string, std::less<>> locked_out;
  bool behind = false;  ///< This node cannot catch up.
};

class Site {
 public:
  Site();
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  Reply call(std::string_view user, std::string_view method, std::string_view path,
             std::string_view json = {}, std::string_view if_match = {});
  /// By a key of "root" with that scope alone.
  Reply call_by_key(std::string_view scope, std::string_view method, std::string_view path,
                    std::string_view json);
  Reply get(std::string_view path) { return call("root", "GET", path); }
  Reply post(std::string_view path, std::string_view json) {
    return call("root", "POST", path, json);
  }

  /// Requires that it goes well.
  void add_role(std::string_view name, std::string_view more = {});
  void give(std::string_view user, std::string_view role, std::string_view scope = "*");
  /// An allow of a pattern, as an item of a role's permissions.
  static std::string allow(std::string_view pattern);

  /// So far from now, as bodies have it.
  [[nodiscard]] static std::string after(std::chrono::microseconds time);
  /// The number that a query for one gives.
  [[nodiscard]] std::int64_t number(std::string_view query) const;
  [[nodiscard]] Surroundings& around() const;

  Gateway gateway;
};

}  // namespace portico::rbac::test

// SPDX-License-Identifier: Apache-2.0
// What each name of a policy has in each domain. Any thread, one at a time while it is filled.
#pragma once

#include "casbin/lines.h"
#include "casbin/policy.h"
#include "model/role_graph.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::rbac::casbin {

/// What a role has in one domain, or a user without any role.
struct Share {
  Line first{};  ///< The first line that speaks of it.
  std::vector<Grant> grants{};
  std::set<std::string> parents{};
};

/// By domains.
using Shares = std::map<std::string, Share>;

class ShareTable {
 public:
  /// Those to whom some line of g gives something are members, those that it gives are roles.
  explicit ShareTable(const std::vector<Link>& links);

  [[nodiscard]] bool is_role(const std::string& name) const { return roles_.contains(name); }
  void add(const Rule& rule);
  /// Of two roles; why they may not be linked, as a sentence, or empty.
  [[nodiscard]] std::string add(const Link& link);
  /// Lets what roles have in every domain count in each where they have something. After all else.
  void spread();

  [[nodiscard]] const std::map<std::string, Shares>& roles() const noexcept { return roles_; }
  [[nodiscard]] const std::map<std::string, Shares>& users() const noexcept { return users_; }

 private:
  Share& share(const std::string& role, const std::string& domain, const Line& line);
  [[nodiscard]] Role graph_role(const std::string& name, const std::string& domain);

  std::map<std::string, Shares> roles_;
  std::map<std::string, Shares> users_;
  std::map<std::pair<std::string, std::string>, std::int64_t> numbers_;  // In the graph.
  RoleGraph graph_{{}};
};

/// Says which shares are the same: of one name, with the same grants and the same inheritance.
class Likenesses {
 public:
  explicit Likenesses(const ShareTable& table) noexcept : table_(table) {}

  [[nodiscard]] std::size_t of_role(const std::string& name, const std::string& domain);
  [[nodiscard]] std::size_t of(const std::string& name, const std::string& domain,
                               const Share& share);

 private:
  const ShareTable& table_;
  std::map<std::string, std::size_t> numbers_;  // By all that makes shares the same.
  std::map<std::pair<std::string, std::string>, std::size_t> known_;
};

}  // namespace portico::rbac::casbin

// SPDX-License-Identifier: Apache-2.0
// The lines of a policy, as far as each maps by itself. Any thread.
#pragma once

#include "casbin/definition.h"
#include "casbin/plan.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac::casbin {

/// The domain of a model that has none.
inline constexpr std::string_view Everywhere = "*";

struct Rule {  // "p"
  Line line;
  std::string subject;
  std::string domain;  ///< Everywhere: in each.
  Grant grant;
};

struct Link {  // "g"
  Line line;
  std::string member;
  std::string role;
  std::string domain;
};

struct Policy {
  std::vector<Rule> rules;
  std::vector<Link> links;
  std::vector<Remark> remarks;
};

[[nodiscard]] Policy read_policy(std::string_view text, const Definition& definition);

}  // namespace portico::rbac::casbin

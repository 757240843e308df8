// SPDX-License-Identifier: Apache-2.0
// What a model says, as far as it maps. Any thread.
#pragma once

#include "casbin/lines.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac::casbin {

/// Where in a request or in a line of policy each part stands, counted from 0.
struct Parts {
  std::size_t count = 0;
  std::size_t subject = 0;
  std::size_t object = 0;
  std::size_t action = 0;
  std::optional<std::size_t> domain;
  std::optional<std::size_t> effect;
  std::string domain_name;  ///< "dom", "tenant" or what the model calls it.
};

/// "sub, dom, obj, act, eft" in any order; nothing where a part is missing or means something else.
[[nodiscard]] std::optional<Parts> parse_parts(std::string_view list);

/// How a matcher compares what is asked with a line of policy.
struct Matcher {
  bool by_role = false;  ///< By g, not by the subject's name.
  bool any_object = false;
  bool any_action = false;
  bool any_domain = false;  ///< "*" stands for anything.
};

/// Nothing where a term of it does not map, or one is missing that the parts ask for.
[[nodiscard]] std::optional<Matcher> parse_matcher(std::string_view text, const Parts& parts);

struct Definition {
  Parts policy;
  std::size_t role_fields = 0;  ///< 0: the model has no roles.
  bool denies = false;          ///< A line that denies counts.
  Matcher matcher;
};

struct Unmapped {
  Line line;
  bool stops = false;  ///< Without it the model means something else.
  std::string sentence;
};

struct ReadModel {
  std::optional<Definition> definition;  ///< Nothing where some line stops.
  std::vector<Unmapped> unmapped;
};

[[nodiscard]] ReadModel read_model(std::string_view text);

}  // namespace portico::rbac::casbin

// SPDX-License-Identifier: Apache-2.0
// A role as the database has it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace portico::rbac {

enum class Effect : std::uint8_t { Allow, Deny };

struct Grant {
  std::string pattern;
  Effect effect = Effect::Allow;
  std::string condition;  ///< As JSON; empty: always.

  friend bool operator==(const Grant&, const Grant&) = default;
};

struct Role {
  std::int64_t number;
  std::string name;
  std::string description;
  bool system = false;
  std::int64_t version = 1;
  std::vector<std::int64_t> parents;  ///< Numbers of the roles whose grants it has as well.
  std::vector<Grant> grants;

  friend bool operator==(const Role&, const Role&) = default;
};

}  // namespace portico::rbac

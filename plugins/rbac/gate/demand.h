// SPDX-License-Identifier: Apache-2.0
// What a place of use asks for, as it is asked with each request.
#pragma once

#include "gate/questions.h"
#include "gate/use.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac {

struct Demand {
  enum class Kind : std::uint8_t {
    AnyOf,  ///< One of the permissions.
    AllOf,
    Role,
    Owner,  ///< To be the owner, and nothing else.
  };
  struct Permission {
    std::string name;
    Question question;
    std::optional<Question> own;  ///< What is enough for the owner.
    std::string own_name;
  };

  Demand(Use settings, Questions& questions);

  Kind kind = Kind::AllOf;
  std::vector<Permission> permissions;
  /// The part of the refusal that says what it takes: a JSON array of texts.
  std::string required;
  /// What the log of decisions calls it.
  std::string action;
  Use use;
};

}  // namespace portico::rbac

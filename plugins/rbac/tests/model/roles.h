// SPDX-License-Identifier: Apache-2.0
// Roles in few words, and questions about them.
#pragma once

#include "model/assignment.h"
#include "model/book.h"
#include "model/decision.h"
#include "model/role.h"
#include "tests/condition/facts.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace portico::rbac::model::test {

using rbac::test::Facts;

inline constexpr std::chrono::microseconds Now = std::chrono::seconds(1'800'000'000);

/// A condition that only a hand in the database leaves.
inline constexpr std::string_view Broken = R"({"eq":["subject.level"]})";
inline constexpr std::string_view Sales = R"({"eq":["subject.department","sales"]})";

inline Grant allow(std::string_view pattern, std::string_view condition = "") {
  return {std::string(pattern), Effect::Allow, std::string(condition)};
}
inline Grant deny(std::string_view pattern, std::string_view condition = "") {
  return {std::string(pattern), Effect::Deny, std::string(condition)};
}

/// "role-NUMBER".
inline Role role(std::int64_t number, std::vector<Grant> grants,
                 std::vector<std::int64_t> parents = {}) {
  return {.number = number,
          .name = "role-" + std::to_string(number),
          .description = "",
          .parents = std::move(parents),
          .grants = std::move(grants)};
}

struct Asked {
  std::string_view scope = "shop";
  std::chrono::microseconds now = Now;
};

/// Decides by a book of those roles.
class Court {
 public:
  explicit Court(std::vector<Role> roles) : book(Book::compile(roles, 1)) {}

  [[nodiscard]] Decision decide(const std::vector<Assignment>& assignments,
                                std::string_view permission, const Attributes& facts = Facts(),
                                const Asked& asked = {}) const {
    const Matches matches = book->matches(permission);
    const Query query{matches, asked.scope, asked.now, facts};
    const Decision decision = rbac::decide(*book, assignments, query);
    EXPECT_EQ(rbac::decide(*book, tenures_of(assignments), query), decision);
    return decision;
  }
  /// Of somebody who has that role, everywhere and for ever.
  [[nodiscard]] bool allows(std::int64_t number, std::string_view permission,
                            const Attributes& facts = Facts()) const {
    return decide({{.role = number}}, permission, facts).allowed;
  }

  std::shared_ptr<const Book> book;
};

}  // namespace portico::rbac::model::test

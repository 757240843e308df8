// SPDX-License-Identifier: Apache-2.0
// What the caller has, and so may give to others: nobody gives more than their own, unless they
// hold `rbac:roles:grant-any`. Made for one request.
#pragma once

#include "api/parts.h"
#include "model/assignment.h"
#include "model/book.h"
#include "model/role.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac {

class OwnSet {
 public:
  /// Of the caller of a request that got past the check of its route.
  OwnSet(const Request& request, const Parts& parts);

  [[nodiscard]] const std::string& user() const noexcept { return user_; }
  /// Holds `rbac:roles:grant-any`.
  [[nodiscard]] bool unbounded() const noexcept { return unbounded_; }

  /// Throws Refusal, 403, where that user is the caller: nobody raises or keeps themselves.
  void refuse_self(std::string_view user) const;
  /// Throws Refusal, 403, where a role, as that book has it, gives in that scope what the caller
  /// does not have.
  void check_giving(const Book& book, std::int64_t role, std::string_view scope) const;
  /// The same of a role that is taken away, also where it denies what the caller does not have: it
  /// would be denied no longer.
  void check_taking(const Book& book, std::int64_t role, std::string_view scope) const;
  /// The same where a role gives more than it did: by other grants, by other parents, or because a
  /// deny is gone. What it loses, anybody who may write roles may take.
  void check_change(const Book& before, const Book& after, std::int64_t role) const;

 private:
  void check(const Book& book, std::string_view pattern, std::string_view scope) const;

  std::string user_;
  std::chrono::microseconds now_;
  std::shared_ptr<const std::vector<Assignment>> assignments_;
  bool unbounded_;
};

}  // namespace portico::rbac

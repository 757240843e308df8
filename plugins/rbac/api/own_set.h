// SPDX-License-Identifier: Apache-2.0
// What the caller has, and so may give to others: nobody gives more than their own, unless they
// hold `rbac:roles:grant-any`, and by a key nobody gives more than it may do. Made for one request.
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
  /// Throws Refusal, 403, where a role that somebody gets or loses, as that book has it, gives or
  /// denies in that scope what the caller does not have: a deny takes rights from others.
  void check_role(const Book& book, std::int64_t role, std::string_view scope) const;
  /// The same where a role gives or denies more than it did, by other grants or other parents, or
  /// denies less. An allow that it loses, anybody who may write roles may take.
  void check_change(const Book& before, const Book& after, std::int64_t role) const;

 private:
  void check(const Book& book, std::string_view pattern, std::string_view scope) const;
  [[nodiscard]] bool within_key(std::string_view pattern) const;

  std::string user_;
  std::chrono::microseconds now_;
  std::shared_ptr<const std::vector<Assignment>> assignments_;
  std::shared_ptr<const Book> key_;  // What a key may do of that; null for who came without one.
  bool unbounded_;
};

}  // namespace portico::rbac

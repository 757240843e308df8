// SPDX-License-Identifier: Apache-2.0
#include "api/own_set.h"

#include "model/coverage.h"
#include "model/decision.h"
#include "model/effective.h"
#include "shared/refusal.h"

#include <algorithm>
#include <utility>

namespace portico::rbac {
namespace {

constexpr std::string_view GrantAny = "rbac:roles:grant-any";

/// Of the right itself, conditions know nothing but who asks, and when.
class Bare final : public Attributes {
 public:
  Bare(std::string_view user, std::chrono::microseconds now) : user_(user), now_(now) {}

  [[nodiscard]] Value find(const Attribute& attribute) const noexcept override {
    if (attribute.root == Root::Subject && attribute.path == "id") return user_;
    return {};
  }
  [[nodiscard]] std::chrono::microseconds time() const noexcept override { return now_; }

 private:
  std::string_view user_;
  std::chrono::microseconds now_;
};

/// What a role gives and takes by itself and by inheritance.
std::vector<EffectiveGrant> grants_of(const Book& book, std::int64_t role) {
  const Assignment alone{.role = role};
  return effective(book, {&alone, 1}, std::chrono::microseconds(0));
}

bool among(const std::vector<EffectiveGrant>& grants, const EffectiveGrant& wanted) {
  return std::ranges::any_of(grants, [&](const EffectiveGrant& each) {
    return each.effect == wanted.effect && each.pattern == wanted.pattern &&
           each.condition == wanted.condition;
  });
}

/// What counts in that scope, as if there were no other.
std::vector<Assignment> in_scope(std::span<const Assignment> assignments, std::string_view scope) {
  std::vector<Assignment> there;
  for (Assignment each : assignments) {
    if (scope != Assignment::Everywhere && !each.reaches(scope)) continue;
    if (each.scope == scope) each.scope = Assignment::Everywhere;
    there.push_back(std::move(each));
  }
  return there;
}

/// Of a key's scopes, as one role.
constexpr std::int64_t KeyRole = 1;

std::shared_ptr<const Book> book_of_key(const Principal& caller) {
  if (!caller.limited) return nullptr;
  Role role{};
  role.number = KeyRole;
  for (const std::string_view scope : caller.scopes) {
    role.grants.push_back({.pattern = std::string(scope), .condition = {}});
  }
  return Book::compile({&role, 1}, 0);
}

}  // namespace

OwnSet::OwnSet(const Request& request, const Parts& parts)
    : user_(request.principal()->subject),
      now_(parts.host.unix_time()),
      assignments_(parts.authority.held_by(*request.principal())),
      key_(book_of_key(*request.principal())) {
  const auto book = parts.authority.book();
  const Matches matches = book->matches(GrantAny);
  unbounded_ = decide(*book, *assignments_,
                      {.matches = matches,
                       .scope = Assignment::Everywhere,
                       .now = now_,
                       .attributes = Bare(user_, now_)})
                   .allowed &&
               within_key(GrantAny);
}

void OwnSet::refuse_self(std::string_view user) const {
  if (unbounded_ || user != user_) return;
  throw Refusal::forbidden("self_grant", "Nobody gives or takes their own roles.",
                           std::string(GrantAny));
}

void OwnSet::check_role(const Book& book, std::int64_t role, std::string_view scope) const {
  if (unbounded_) return;
  for (const EffectiveGrant& each : grants_of(book, role)) check(book, each.pattern, scope);
}

void OwnSet::check_change(const Book& before, const Book& after, std::int64_t role) const {
  if (unbounded_) return;
  const auto had = grants_of(before, role);
  const auto has = grants_of(after, role);
  for (const EffectiveGrant& each : has) {
    if (!among(had, each)) check(before, each.pattern, Assignment::Everywhere);
  }
  for (const EffectiveGrant& each : had) {
    if (each.effect == Effect::Deny && !among(has, each)) {
      check(before, each.pattern, Assignment::Everywhere);
    }
  }
}

void OwnSet::check(const Book& book, std::string_view pattern, std::string_view scope) const {
  if (within_key(pattern) && covers(book, in_scope(*assignments_, scope), pattern)) return;
  throw Refusal::forbidden("grant_exceeds_own",
                           "This gives or takes \"" + std::string(pattern) +
                               "\", which the caller does not have for good; nobody gives more "
                               "than their own.",
                           std::string(pattern));
}

bool OwnSet::within_key(std::string_view pattern) const {
  const Assignment all{.role = KeyRole};
  return key_ == nullptr || covers(*key_, {&all, 1}, pattern);
}

}  // namespace portico::rbac

// SPDX-License-Identifier: Apache-2.0
#include "gate/view.h"

#include "gate/named_roles.h"

#include <utility>

namespace portico::rbac {

View::View(Knowledge& knowledge, const Questions& questions, std::size_t users)
    : knowledge_(knowledge),
      questions_(questions),
      matches_(questions.size()),
      holdings_(questions.size()),
      users_(users, holdings_) {}

void View::refresh() {
  if (knowledge_.book_version() == version_) return;
  book_ = knowledge_.book();
  version_ = book_->version();
  for (Question each = 0; each < matches_.size(); ++each) {
    matches_[each] = book_->matches(questions_.text(each));
  }
  named_.clear();
}

Holding* View::holding_of(std::string_view user) noexcept {
  const UserKey key = knowledge_.key_of(user);
  return users_.find(key, knowledge_.editions().of(key));
}

Holding& View::keep(std::string_view user, std::uint32_t edition,
                    const std::vector<Assignment>& assignments) {
  return users_.insert(knowledge_.key_of(user), edition, assignments);
}

Holding& View::holding_of_roles(std::span<const std::string_view> role_names) {
  UserKey key;
  for (const std::string_view name : role_names) {
    // In whatever order they come, and none of them undone by its own repetition.
    const UserKey one = knowledge_.key_of(name);
    key.first += one.first;
    key.second += one.second;
  }
  const auto found = named_.find(key);
  return found != named_.end() ? found->second : make_named(role_names, key);
}

Holding& View::make_named(std::span<const std::string_view> role_names, const UserKey& key) {
  // Who signs tokens says what is in them, and could think of ever new names.
  if (named_.size() >= MostNamed) named_.clear();
  return named_.try_emplace(key, Holding(named_by(*book_, role_names), questions_.size()))
      .first->second;
}

Decision View::decide(Holding& holding, Question question,
                      const Circumstances& circumstances) noexcept {
  if (holding.allows(question, version_)) {
    return {.allowed = true, .reason = Reason::Granted, .settled = true};
  }
  const Decision decision = rbac::decide(*book_, holding.tenures(),
                                         {.matches = matches_[question],
                                          .scope = circumstances.scope,
                                          .now = circumstances.attributes.time(),
                                          .attributes = circumstances.attributes});
  if (decision.allowed && decision.settled) holding.remember_allowed(question, version_);
  return decision;
}

}  // namespace portico::rbac

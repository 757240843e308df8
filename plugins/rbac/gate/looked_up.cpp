// SPDX-License-Identifier: Apache-2.0
#include "gate/looked_up.h"

#include <utility>

namespace portico::rbac {

std::optional<LookedUp::Found> LookedUp::find(std::string_view user) {
  const UserKey key = knowledge_.key_of(user);
  const std::lock_guard lock(mutex_);
  const auto found = users_.find(key);
  if (found == users_.end() || found->second.edition != knowledge_.editions().of(key)) {
    return std::nullopt;
  }
  return found->second;
}

// The edition is from before the database is asked: what changes meanwhile ends what is kept.
std::shared_ptr<const std::vector<Assignment>> LookedUp::get(std::string_view user) {
  if (auto found = find(user)) return std::move(found->assignments);
  const UserKey key = knowledge_.key_of(user);
  const std::uint32_t edition = knowledge_.editions().of(key);
  auto fresh = std::make_shared<const std::vector<Assignment>>(knowledge_.look_up(user));
  const std::lock_guard lock(mutex_);
  if (users_.size() >= Most) users_.clear();
  users_.insert_or_assign(key, Found{edition, fresh});
  return fresh;
}

void LookedUp::want(std::string_view user) {
  const std::lock_guard lock(mutex_);
  if (wanted_.size() < Most) wanted_.emplace(user);
}

void LookedUp::serve() {
  std::unordered_set<std::string> wanted;
  {
    const std::lock_guard lock(mutex_);
    wanted.swap(wanted_);
  }
  for (const std::string& user : wanted) (void)get(user);
}

}  // namespace portico::rbac

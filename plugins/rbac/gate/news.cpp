// SPDX-License-Identifier: Apache-2.0
#include "gate/news.h"

#include <algorithm>
#include <cstddef>
#include <string>

namespace portico::rbac {
namespace {

constexpr std::string_view UserWord = "user ";
constexpr std::string_view RolesWord = "roles";
/// Of more changes at once, the others are told in one word.
constexpr std::size_t MostUsers = 100;

}  // namespace

News::News(std::string_view redis, Knowledge& knowledge, Host& host)
    : redis_(redis.empty() ? nullptr : &host.redis(redis)), knowledge_(knowledge), host_(host) {}

void News::begin() {
  if (redis_ == nullptr) return;
  redis_->subscribe(
      Channel, [this](std::string_view message) { heard(message); },
      [this] { due_.store(true, std::memory_order_relaxed); });
}

// Another thread of this node may have applied it first, and tells nobody: then it is not among
// what is new here.
void News::committed(std::int64_t version) {
  const std::optional<std::vector<Change>> changes = apply();
  if (redis_ == nullptr) return;
  const bool few = changes && changes->size() <= MostUsers &&
                   std::ranges::count(*changes, version, &Change::version) != 0;
  if (!few || std::ranges::any_of(*changes, &Change::roles)) redis_->publish(Channel, RolesWord);
  if (!few) return;
  for (const Change& change : *changes) {
    if (!change.roles) redis_->publish(Channel, std::string(UserWord).append(change.user));
  }
}

std::optional<std::vector<Change>> News::apply() {
  try {
    return knowledge_.learn();
  } catch (const SqlError& error) {
    // It is committed, and this node does not know what by: better no decision than an old one.
    knowledge_.doubt();
    host_.log(Level::Warning, std::string("a change is not applied yet: ") + error.what());
    return std::nullopt;
  }
}

void News::catch_up() {
  if (due_.exchange(false, std::memory_order_relaxed)) (void)knowledge_.learn();
}

void News::heard(std::string_view message) noexcept {
  if (message.starts_with(UserWord)) knowledge_.forget(message.substr(UserWord.size()));
  due_.store(true, std::memory_order_relaxed);
}

}  // namespace portico::rbac

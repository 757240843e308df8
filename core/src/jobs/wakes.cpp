// SPDX-License-Identifier: Apache-2.0
#include "jobs/wakes.h"

#include "redis/command.h"

#include <array>
#include <utility>

namespace portico::jobs {
namespace {

std::string publication(std::string_view channel) {
  const std::array<std::string_view, 3> words{"PUBLISH", channel, "more"};
  std::string text(redis::command_size(words), '\0');
  redis::write_command(text.data(), words);
  return text;
}

}  // namespace

Wakes::Wakes(redis::Desk& desk, std::shared_ptr<redis::Store> store, const std::string& database,
             base::Bell& bell)
    : desk_(desk), use_(std::move(store)), channel_("portico:work:" + database) {
  desk_.call_up(use_.store());
  desk_.subscribe(
      this, use_.store(), channel_, [&bell](std::string_view) { bell.ring(); },
      [&bell] { bell.ring(); });
}

void Wakes::wake_others() {
  if (under_way_.exchange(true)) return;
  desk_.send(this, use_.store(), publication(channel_),
             [this](const RedisReply&) { under_way_ = false; });
}

}  // namespace portico::jobs

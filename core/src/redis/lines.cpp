// SPDX-License-Identifier: Apache-2.0
#include "redis/lines.h"

#include <algorithm>
#include <exception>

namespace portico::redis {

Lines::Lines(loop::Loop& loop) : surroundings_(loop) {
  Timer::fire = on_time;
  Task::run = on_task;
}

Lines::~Lines() { surroundings_.loop.timers().disarm(*this); }

Link& Lines::link(const std::shared_ptr<Store>& store) {
  const auto found =
      std::ranges::find(links_, store, [](const auto& each) { return each->store(); });
  if (found != links_.end()) return **found;
  links_.push_back(std::make_unique<Link>(surroundings_, store));
  if (!armed) surroundings_.loop.timers().move(*this, surroundings_.now() + Link::Idle);
  return *links_.back();
}

void Lines::ask(const std::shared_ptr<Store>& store, const Command& command, Asker& asker,
                std::chrono::nanoseconds patience) noexcept {
  Link* there = nullptr;
  try {
    there = &link(store);
  } catch (const std::exception&) {
    return asker.answered(asker, away(Away::Overloaded));
  }
  there->ask(command, asker, patience);
}

void Lines::give_up(Asker& asker) noexcept {
  if (asker.link != nullptr) asker.link->give_up(asker);
}

void Lines::call_up(const std::shared_ptr<Store>& store) noexcept {
  try {
    static_cast<void>(link(store));
  } catch (const std::exception&) {
    return;  // Who asks will find out.
  }
}

void Lines::on_time(loop::Timer& timer) noexcept {
  auto& self = static_cast<Lines&>(timer);
  bool any_over = false;
  for (const auto& link : self.links_) {
    if (link->idle_for_good()) {
      any_over = true;
    } else {
      link->beat();
    }
  }
  // A task of its own: whatever waits in this turn for one of them comes before it.
  if (any_over) self.surroundings_.loop.later(self);
  self.surroundings_.loop.timers().move(self, self.surroundings_.now() + Link::Idle);
}

void Lines::on_task(loop::Task& task) noexcept {
  auto& self = static_cast<Lines&>(task);
  std::erase_if(self.links_, [](const auto& link) { return link->idle_for_good(); });
}

}  // namespace portico::redis

// SPDX-License-Identifier: Apache-2.0
#include "upstream/queue.h"

#include "upstream/call.h"

namespace portico::upstream {

Queue::Queue(loop::Loop& loop) noexcept : loop_(loop) {
  Timer::fire = on_time;
  Task::run = on_task;
}

Queue::~Queue() { loop_.timers().disarm(*this); }

void Queue::add(Call& call) noexcept {
  call.before = last_;
  (last_ != nullptr ? last_->behind : first_) = &call;
  last_ = &call;
  loop_.timers().move(*this, loop_.clock().now() + LookAgain);
}

void Queue::remove(Call& call) noexcept {
  if (call.before == nullptr && first_ != &call) return;
  (call.before != nullptr ? call.before->behind : first_) = call.behind;
  (call.behind != nullptr ? call.behind->before : last_) = call.before;
  call.before = call.behind = nullptr;
}

void Queue::wake() noexcept {
  if (!empty()) loop_.later(*this);
}

void Queue::on_time(loop::Timer& timer) noexcept { static_cast<Queue&>(timer).serve(); }

void Queue::on_task(loop::Task& task) noexcept { static_cast<Queue&>(task).serve(); }

void Queue::serve() noexcept {
  while (first_ != nullptr && first_->proceed_from_queue()) {
  }
  if (first_ != nullptr) loop_.timers().move(*this, loop_.clock().now() + LookAgain);
}

}  // namespace portico::upstream

// SPDX-License-Identifier: Apache-2.0
#include "jobs/subscriptions.h"

#include "services/events/event_text.h"

#include <stdexcept>
#include <utility>
#include <vector>

namespace portico::jobs {

void Subscriptions::add(const void* owner, std::string pattern, Told told) {
  if (!services::is_event_pattern(pattern)) {
    throw std::invalid_argument("\"" + pattern +
                                "\" is no name of events; write \"auth.mail\", "
                                "\"auth.*\" or \"*\"");
  }
  const std::lock_guard lock(mutex_);
  all_.push_back({owner, std::move(pattern), std::move(told)});
  renew();
}

void Subscriptions::forget(const void* owner) noexcept {
  std::unique_lock lock(mutex_);
  told_.wait(lock, [&] { return called_ != owner; });
  std::erase_if(all_, [owner](const Subscription& each) { return each.owner == owner; });
  renew();
}

void Subscriptions::renew() {
  std::vector<std::string> patterns;
  patterns.reserve(all_.size());
  for (const Subscription& each : all_) patterns.push_back(each.pattern);
  taking_ = all_.empty() ? nullptr : std::make_shared<const EventTaking>(engine_, patterns);
}

std::shared_ptr<const EventTaking> Subscriptions::taking() const {
  const std::lock_guard lock(mutex_);
  return taking_;
}

void Subscriptions::tell(Transaction& within, const TakenEvent& event) {
  const Event told{.name = event.name,
                   .source = event.source,
                   .data = event.payload,
                   .time = event.created,
                   .id = event.id,
                   .key = event.key,
                   .attempt = event.attempt};
  std::unique_lock lock(mutex_);
  for (auto& each : all_) {
    if (!services::matches_event(each.pattern, event.name)) continue;
    called_ = each.owner;
    lock.unlock();
    std::exception_ptr thrown;
    try {
      each.told(within, told);
    } catch (...) {
      thrown = std::current_exception();
    }
    lock.lock();
    called_ = nullptr;
    told_.notify_all();
    if (thrown) std::rethrow_exception(thrown);
  }
}

}  // namespace portico::jobs

// SPDX-License-Identifier: Apache-2.0
#include "gate/revocations.h"

#include <algorithm>
#include <utility>

namespace portico::auth {

bool Revoked::denies(std::string_view session, std::string_view subject,
                     UnixTime issued) const noexcept {
  return recent_.denies(session, subject, issued) || settled_->denies(session, subject, issued);
}

std::size_t Revoked::size() const noexcept { return recent_.size() + settled_->size(); }

void Revoked::Lists::add(const Denial& denial) {
  Limits& list = denial.what == Denial::What::Session ? sessions : subjects;
  Limit& limit = list[std::string(denial.name)];
  limit.not_before = std::max(limit.not_before, denial.not_before);
  limit.until = std::max(limit.until, denial.until);
}

bool Revoked::Lists::denies(std::string_view session, std::string_view subject,
                            UnixTime issued) const noexcept {
  if (!session.empty() && !sessions.empty() && sessions.find(session) != sessions.end()) {
    return true;
  }
  if (subjects.empty()) return false;
  const auto found = subjects.find(subject);
  return found != subjects.end() && issued < found->second.not_before;
}

void Revocations::deny(std::span<const Denial> denials, UnixTime now) {
  if (denials.empty()) return;
  const std::lock_guard lock(mutex_);
  auto next = std::make_shared<Revoked>(*state_);
  for (const Denial& denial : denials) next->recent_.add(denial);
  if (next->recent_.size() > MostRecent) {
    auto settled = std::make_shared<Revoked::Lists>(*next->settled_);
    for (const auto& [name, limit] : next->recent_.sessions) {
      settled->add({Denial::What::Session, name, limit.not_before, limit.until});
    }
    for (const auto& [name, limit] : next->recent_.subjects) {
      settled->add({Denial::What::Subject, name, limit.not_before, limit.until});
    }
    const auto over = [now](const auto& item) { return item.second.until < now; };
    std::erase_if(settled->sessions, over);
    std::erase_if(settled->subjects, over);
    next->settled_ = std::move(settled);
    next->recent_ = {};
  }
  state_ = std::move(next);
  epoch_.fetch_add(1, std::memory_order_release);
}

void Revocations::heard(std::chrono::nanoseconds now) noexcept {
  heard_.store(now.count(), std::memory_order_relaxed);
}

bool Revocations::stale(std::chrono::nanoseconds now) const noexcept {
  const std::int64_t heard = heard_.load(std::memory_order_relaxed);
  return heard != Never && now.count() - heard > staleness_.count();
}

std::shared_ptr<const Revoked> Revocations::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

}  // namespace portico::auth

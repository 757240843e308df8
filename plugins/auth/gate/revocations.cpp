// SPDX-License-Identifier: Apache-2.0
#include "gate/revocations.h"

#include <algorithm>
#include <utility>

namespace portico::auth {
namespace {

/// As many are copied for one more.
constexpr std::size_t MostRecent = 256;

}  // namespace

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

void Revoked::Lists::add_all_of(const Lists& others) {
  for (const auto& [name, limit] : others.sessions) {
    add({Denial::What::Session, name, limit.not_before, limit.until});
  }
  for (const auto& [name, limit] : others.subjects) {
    add({Denial::What::Subject, name, limit.not_before, limit.until});
  }
}

void Revoked::Lists::forget(UnixTime before) {
  const auto over = [before](const auto& item) { return item.second.until < before; };
  std::erase_if(sessions, over);
  std::erase_if(subjects, over);
}

bool Revoked::Lists::covers(const Denial& denial) const noexcept {
  const Limits& list = denial.what == Denial::What::Session ? sessions : subjects;
  const auto found = list.find(denial.name);
  return found != list.end() && found->second.not_before >= denial.not_before &&
         found->second.until >= denial.until;
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

void Revoked::settle(UnixTime now) {
  if (recent_.size() <= MostRecent) return;
  auto settled = std::make_shared<Lists>(*settled_);
  settled->add_all_of(recent_);
  settled->forget(now);
  settled_ = std::move(settled);
  recent_ = {};
}

void Revocations::deny(std::span<const Denial> denials, UnixTime now) {
  const std::lock_guard lock(mutex_);
  const auto is_new = [&](const Denial& denial) {
    return denial.until >= now && !state_->covers(denial);
  };
  if (std::ranges::none_of(denials, is_new)) return;
  auto next = std::make_shared<Revoked>(*state_);
  for (const Denial& denial : denials) {
    if (is_new(denial)) next->recent_.add(denial);
  }
  next->settle(now);
  state_ = std::move(next);
  epoch_.fetch_add(1, std::memory_order_release);
}

void Revocations::heard(std::chrono::nanoseconds now) noexcept {
  heard_.store(now.count(), std::memory_order_relaxed);
}

bool Revocations::stale(std::chrono::nanoseconds now) const noexcept {
  const std::int64_t heard = heard_.load(std::memory_order_relaxed);
  return heard != Never && now.count() - heard > staleness_.load(std::memory_order_relaxed);
}

std::shared_ptr<const Revoked> Revocations::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
#include "sql/pool.h"

#include "base/random.h"

#include <algorithm>
#include <span>
#include <utility>

namespace portico::sql {
namespace {

using Kind = SqlError::Kind;

[[nodiscard]] double chance() {
  std::uint32_t number = 0;
  base::fill_random(std::as_writable_bytes(std::span(&number, 1)));
  return static_cast<double>(number) * 0x1.0p-32;
}

}  // namespace

Pool::Pool(Open open, std::size_t most, const Timing& timing, const base::Clock& clock, Turn turned)
    : open_(std::move(open)),
      most_(most),
      timing_(timing),
      clock_(clock),
      turned_(std::move(turned)),
      circuit_(timing) {}

std::unique_ptr<Pool::Lease> Pool::lease() {
  for (;;) {
    Place place = take_place();
    if (!place.held) return std::make_unique<Lease>(*this, open(), true);
    if (usable(*place.held)) return std::make_unique<Lease>(*this, *std::move(place.held), false);
    place.held.reset();
    give_up_place();
  }
}

// One that idled for long may be dead, which nothing but a question shows.
bool Pool::usable(const Held& held) const {
  const Time now = clock_.now();
  if (now - held.opened > timing_.life) return false;
  return now - held.used < timing_.idle || held.session->answers();
}

void Pool::refuse() const { throw SqlError(Kind::Unavailable, {}, "the database is away"); }

Pool::Place Pool::take_place() {
  std::unique_lock lock(mutex_);
  if (circuit_.open()) refuse();
  if (!idle_.empty() && queue_.empty()) {
    Place place{std::move(idle_.back())};
    idle_.pop_back();
    return place;
  }
  if (taken_ < most_) {
    ++taken_;
    return {};
  }
  return wait(lock);
}

Pool::Place Pool::wait(std::unique_lock<std::mutex>& lock) {
  Waiter self;
  queue_.push_back(&self);
  const bool called = self.called.wait_for(
      lock, timing_.place, [&self] { return self.place.has_value() || self.refused; });
  std::erase(queue_, &self);
  if (self.refused) refuse();
  if (!called) throw SqlError(Kind::Busy, {}, "no session came free in time");
  return *std::move(self.place);
}

/// Has a place already; loses it where nothing comes about.
Pool::Held Pool::open() {
  try {
    auto session = open_();
    const Time now = clock_.now();
    const std::lock_guard lock(mutex_);
    ++opened_;
    return {std::move(session), now, now};
  } catch (const SqlError& error) {
    // First, so that who waits is told so and does not try as well.
    lost(error.what());
    give_up_place();
    throw;
  } catch (...) {
    give_up_place();
    throw;
  }
}

void Pool::give_up_place() noexcept {
  const std::lock_guard lock(mutex_);
  if (queue_.empty()) {
    --taken_;
    return;
  }
  Waiter* const next = queue_.front();
  queue_.pop_front();
  next->place.emplace();
  next->called.notify_one();
}

void Pool::give_back(Held held) noexcept {
  // Lost from here on: whoever was lent it has been told.
  if (!held.session->sound()) {
    std::vector<Held> others;
    {
      // The others that idle are of the same kind, most likely.
      const std::lock_guard lock(mutex_);
      others.swap(idle_);
      taken_ -= others.size();
    }
    held.session.reset();
    give_up_place();
    return;
  }
  held.used = clock_.now();
  const std::lock_guard lock(mutex_);
  if (queue_.empty()) {
    idle_.push_back(std::move(held));
    return;
  }
  Waiter* const next = queue_.front();
  queue_.pop_front();
  next->place.emplace(Place{std::move(held)});
  next->called.notify_one();
}

void Pool::lost(std::string reason) noexcept {
  const double random = chance();
  const std::string said = reason;
  {
    const std::lock_guard lock(mutex_);
    ++failed_;
    if (!circuit_.fail(clock_.now(), random, std::move(reason))) return;
    for (Waiter* const waiter : queue_) {
      waiter->refused = true;
      waiter->called.notify_one();
    }
    queue_.clear();
  }
  turned_(said);
}

std::optional<Pool::Time> Pool::look() {
  const Time now = clock_.now();
  std::vector<Held> old;
  {
    const std::lock_guard lock(mutex_);
    if (!circuit_.open()) {
      const auto aged = [&](const Held& held) { return now - held.opened > timing_.life; };
      const auto first = std::stable_partition(idle_.begin(), idle_.end(),
                                               [&](const Held& held) { return !aged(held); });
      std::move(first, idle_.end(), std::back_inserter(old));
      idle_.erase(first, idle_.end());
      taken_ -= old.size();
      return std::nullopt;
    }
    if (now < circuit_.due()) return circuit_.due();
    ++taken_;
  }
  try {
    Held held = open();
    {
      const std::lock_guard lock(mutex_);
      circuit_.close();
    }
    give_back(std::move(held));
    turned_({});
    return std::nullopt;
  } catch (const SqlError&) {
    const std::lock_guard lock(mutex_);
    return circuit_.due();
  }
}

Pool::State Pool::state() const {
  const std::lock_guard lock(mutex_);
  return {.idle = idle_.size(),
          .busy = taken_ - idle_.size(),
          .waiting = queue_.size(),
          .most = most_,
          .opened = opened_,
          .failed = failed_,
          .away = circuit_.open(),
          .reason = circuit_.reason()};
}

}  // namespace portico::sql

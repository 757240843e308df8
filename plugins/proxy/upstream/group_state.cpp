// SPDX-License-Identifier: Apache-2.0
// How an upstream is, for operators.
#include "upstream/group.h"

#include <algorithm>
#include <chrono>
#include <ranges>

namespace portico::proxy {
namespace {

[[nodiscard]] std::string_view word_of(Breaker::State state) noexcept {
  switch (state) {
    case Breaker::State::Open: return "open";
    case Breaker::State::HalfOpen: return "half_open";
    case Breaker::State::Closed: break;
  }
  return "closed";
}

[[nodiscard]] bool is_up(const Health::Patient& patient) noexcept {
  return patient.vitals->well() && patient.vitals->state() == Vitals::State::Up;
}

[[nodiscard]] TargetState state_of(const Health::Patient& patient, Time now) {
  TargetState told{.target = patient.name, .state = "up", .seconds = {}};
  const Vitals& vitals = *patient.vitals;
  const Time left = vitals.out_until() - now;
  if (!vitals.well()) {
    told.state = "unwell";
  } else if (vitals.state() == Vitals::State::Out && left.count() > 0) {
    told.state = "out";
    told.seconds = std::chrono::ceil<std::chrono::seconds>(left).count();
  } else if (vitals.state() != Vitals::State::Up) {
    told.state = "trial";
  }
  return told;
}

}  // namespace

std::shared_ptr<const Published> Group::published() const {
  const std::scoped_lock lock(kept_->mutex);
  return published_;
}

UpstreamState Group::state() const {
  UpstreamState told{.name = name_, .breaker = {}, .targets = {}};
  if (settings_.breaker) told.breaker = word_of(kept_->breaker.state());
  const auto newest = published();
  if (newest == nullptr) return told;
  for (const Health::Patient& patient : newest->health.patients()) {
    told.targets.push_back(state_of(patient, host_.now()));
  }
  return told;
}

void Group::recount() const {
  const auto newest = published();
  if (newest == nullptr) return;
  up_.set(static_cast<double>(std::ranges::count_if(newest->health.patients(), is_up)));
}

}  // namespace portico::proxy

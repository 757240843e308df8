// SPDX-License-Identifier: Apache-2.0
#include "health/health.h"

#include <algorithm>
#include <utility>

namespace portico::proxy {
namespace {

/// How many of `size` are `percent`: rounded down, but one where there is another to take over.
std::uint32_t most_of(std::uint32_t percent, std::size_t size) {
  if (percent == 0 || size < 2) return 0;
  return std::max<std::uint32_t>(static_cast<std::uint32_t>(size * percent / 100), 1);
}

}  // namespace

Health::Health(const EjectionSettings& settings, Time slow_start, std::vector<Patient> patients,
               Surroundings around)
    : patients_(std::move(patients)),
      around_(std::move(around)),
      failures_(settings.on),
      most_failures_(settings.failures),
      first_(settings.first),
      longest_(settings.longest),
      slow_start_(slow_start),
      most_out_(most_of(settings.most, patients_.size())),
      panic_(settings.panic) {}

bool Health::usable(std::size_t endpoint) const {
  Vitals& vitals = *patients_[endpoint].vitals;
  if (!vitals.well()) return false;
  if (vitals.state() != Vitals::State::Out) return true;
  const Time now = around_.now();
  if (now < vitals.out_until()) return false;
  static_cast<void>(vitals.bring_back(now));
  return true;
}

std::uint32_t Health::share(std::size_t endpoint) const {
  const Time since = patients_[endpoint].vitals->back_since();
  if (slow_start_ <= Time(0) || since == Time(0)) return Whole;
  const Time age = around_.now() - since;
  if (age >= slow_start_) return Whole;
  // Never nothing, or it would never be tried.
  constexpr std::uint32_t Least = Whole / 50;
  return std::max(Least, static_cast<std::uint32_t>(age.count() * Whole / slow_start_.count()));
}

void Health::learn(const Try& made) const {
  // Another edition may have had more endpoints, and the tries of clients who left say nothing.
  if (made.endpoint >= patients_.size() || made.how == Try::How::Left) return;
  const Patient& patient = patients_[made.endpoint];
  Vitals& vitals = *patient.vitals;
  if (!failures_.hold(made)) {
    const bool proof = made.how == Try::How::Answered;
    if (proof && vitals.succeed()) around_.tell(patient, true, Time(0));
    return;
  }
  if (most_failures_ == 0) return;
  const std::uint32_t row = vitals.fail();
  const bool trial = vitals.state() == Vitals::State::Trial;
  if (!trial && (row < most_failures_ || !may_go_out())) return;
  if (vitals.put_out(around_.now(), first_, longest_)) {
    around_.tell(patient, false, vitals.last_outage());
  }
}

bool Health::may_go_out() const {
  const auto out = std::ranges::count_if(patients_, [](const Patient& patient) {
    return patient.vitals->state() != Vitals::State::Up;
  });
  return static_cast<std::uint32_t>(out) < most_out_;
}

}  // namespace portico::proxy

// SPDX-License-Identifier: Apache-2.0
#include "policy/settled_limit.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace portico::ratelimit {
namespace {

constexpr std::chrono::seconds UsualTime{60};

/// In the file's units: "90s", "15m", "1h".
std::string written(std::chrono::seconds time) {
  struct Unit {
    std::int64_t seconds;
    char letter;
  };
  constexpr std::array Units = {Unit{86'400, 'd'}, Unit{3600, 'h'}, Unit{60, 'm'}};
  for (const Unit& unit : Units) {
    if (time.count() % unit.seconds == 0) {
      return std::to_string(time.count() / unit.seconds) + unit.letter;
    }
  }
  return std::to_string(time.count()) + 's';
}

std::string_view word_of(Calendar calendar) { return calendar == Calendar::Day ? "day" : "month"; }

std::string usual_name(const LimitSettings& settings) {
  const std::string count = std::to_string(settings.limit.value_or(0));
  if (settings.algorithm == Algorithm::Concurrency) return count + "-at-once";
  if (settings.calendar) return count + "-in-" + std::string(word_of(*settings.calendar));
  return count + "-in-" + written(settings.per.value_or(UsualTime));
}

std::string name_of(const LimitSettings& settings) {
  return settings.name.empty() ? usual_name(settings) : settings.name;
}

Limit::Kind kind_of(const LimitSettings& settings) {
  const std::uint32_t limit = *settings.limit;
  if (settings.calendar) return Fixed(limit, Period(*settings.calendar));
  const std::chrono::seconds time = settings.per.value_or(UsualTime);
  switch (settings.algorithm.value_or(Algorithm::Gcra)) {
    case Algorithm::Fixed: return Fixed(limit, Period(time));
    case Algorithm::Sliding: return Sliding(limit, time.count());
    case Algorithm::Concurrency: return Concurrency(limit);
    case Algorithm::Gcra: break;
  }
  return Gcra(limit, time.count(), settings.burst.value_or(limit));
}

/// What stands in a bucket of gcra or sliding is measured by the limit, and means nothing to
/// another; a count goes on when a reload raises its limit.
std::string identity_of(const LimitSettings& settings) {
  const std::string time = written(settings.per.value_or(UsualTime));
  const std::string measure = ' ' + std::to_string(*settings.limit) + ' ' + time;
  std::string text = settings.name + ' ';
  if (settings.calendar) return text.append(word_of(*settings.calendar));
  switch (settings.algorithm.value_or(Algorithm::Gcra)) {
    case Algorithm::Fixed: return text + "fixed " + time;
    case Algorithm::Sliding: return text + "sliding" + measure;
    case Algorithm::Concurrency: return text + "concurrency";
    case Algorithm::Gcra: break;
  }
  return text + "gcra" + measure;
}

std::int64_t window_of(const LimitSettings& settings) {
  if (settings.algorithm == Algorithm::Concurrency) return 0;
  if (settings.calendar) return Period(*settings.calendar).length() / Second;
  return settings.per.value_or(UsualTime).count();
}

}  // namespace

SettledLimit settle(const LimitSettings& settings) {
  return {.limit = Limit(kind_of(settings)),
          .name = name_of(settings),
          .identity = identity_of(settings),
          .quota = *settings.limit,
          .units_at_once = settings.burst.value_or(*settings.limit),
          .window = window_of(settings)};
}

std::vector<SettledLimit> settle_all(const LimitSet& set) {
  std::vector<SettledLimit> settled;
  if (set.limit) settled.push_back(settle(set));
  for (const ListedLimit& each : set.limits) settled.push_back(settle(each));
  return settled;
}

bool names_differ(const LimitSet& set) {
  std::set<std::string> names;
  return std::ranges::all_of(
      set.limits, [&names](const ListedLimit& each) { return names.insert(name_of(each)).second; });
}

bool refills_in_time(const LimitSettings& settings) {
  if (!settings.burst || !settings.limit) return true;
  const double seconds = static_cast<double>(settings.per.value_or(UsualTime).count()) *
                         *settings.burst / *settings.limit;
  return seconds * Second * Gcra::MostParts < static_cast<double>(Gcra::MostTolerance);
}

}  // namespace portico::ratelimit

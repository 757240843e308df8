// SPDX-License-Identifier: Apache-2.0
// The limits that schedules are tried on, each with the model of what it admits.
#pragma once

#include "policy/settled_limit.h"
#include "tests/reference_model.h"

#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace portico::ratelimit {

struct LimitKind {
  std::string name;
  std::int64_t length;  ///< Of its window, us: what steps of time are about.
  LimitSettings settings;
  std::function<std::unique_ptr<ReferenceModel>()> model;
};

inline LimitKind gcra_kind(std::uint32_t limit, std::int64_t seconds, std::uint32_t burst) {
  LimitSettings settings;
  settings.limit = limit;
  settings.per = std::chrono::seconds(seconds);
  settings.burst = burst;
  return {"gcra " + std::to_string(limit) + " burst " + std::to_string(burst), seconds * Second,
          settings, [=] { return std::make_unique<GcraModel>(limit, seconds, burst); }};
}

inline LimitKind fixed_kind(std::uint32_t limit, std::int64_t seconds) {
  LimitSettings settings;
  settings.limit = limit;
  settings.per = std::chrono::seconds(seconds);
  settings.algorithm = Algorithm::Fixed;
  return {"fixed " + std::to_string(limit), seconds * Second, settings,
          [=] { return std::make_unique<FixedModel>(limit, seconds); }};
}

inline LimitKind calendar_kind(std::uint32_t limit, Calendar calendar) {
  LimitSettings settings;
  settings.limit = limit;
  settings.calendar = calendar;
  const bool day = calendar == Calendar::Day;
  return {day ? "day" : "month", (day ? 1 : 30) * 86'400 * Second, settings,
          [=] { return std::make_unique<CalendarModel>(limit, calendar); }};
}

inline LimitKind sliding_kind(std::uint32_t limit, std::int64_t seconds) {
  LimitSettings settings;
  settings.limit = limit;
  settings.per = std::chrono::seconds(seconds);
  settings.algorithm = Algorithm::Sliding;
  return {"sliding " + std::to_string(limit), seconds * Second, settings,
          [=] { return std::make_unique<SlidingModel>(limit, seconds); }};
}

inline LimitKind concurrency_kind(std::uint32_t limit) {
  LimitSettings settings;
  settings.limit = limit;
  settings.algorithm = Algorithm::Concurrency;
  return {"concurrency", Second, settings,
          [=] { return std::make_unique<ConcurrencyModel>(limit); }};
}

inline std::vector<LimitKind> limit_kinds() {
  return {gcra_kind(7, 1, 7),
          gcra_kind(10, 1, 25),
          gcra_kind(100, 60, 5),
          gcra_kind(256, 1, 40),
          gcra_kind(97, 60, 30),
          fixed_kind(5, 1),
          fixed_kind(40, 60),
          sliding_kind(5, 1),
          sliding_kind(40, 60),
          sliding_kind(997, 10),
          calendar_kind(20, Calendar::Day),
          calendar_kind(30, Calendar::Month),
          concurrency_kind(6)};
}

/// A step of time that is likely to meet an edge.
inline std::int64_t step_of(std::mt19937_64& random, std::int64_t length) {
  const auto below = [&random](std::int64_t end) {
    return std::uniform_int_distribution<std::int64_t>(0, end)(random);
  };
  switch (below(6)) {
    case 0: return 0;
    case 1: return below(3);
    case 2: return below(length / 50);
    case 3: return length / (1 + below(20));
    case 4: return length - below(2);
    case 5: return below(3 * length);
    default: return below(length / 5);
  }
}

}  // namespace portico::ratelimit

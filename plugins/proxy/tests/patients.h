// SPDX-License-Identifier: Apache-2.0
// An upstream's health with a clock of the test's.
#pragma once

#include "health/health.h"

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace portico::proxy::test {

struct Ward {
  explicit Ward(std::size_t count, const EjectionSettings& settings = {}, Time slow_start = Time(0))
      : health(settings, slow_start, patients(count), around()) {}
  Ward(const Ward&) = delete;
  Ward& operator=(const Ward&) = delete;

  void answer(std::size_t endpoint, int status = 200) {
    health.learn({.endpoint = endpoint, .status = static_cast<Status>(status)});
  }
  void fail(std::size_t endpoint, Try::How how = Try::How::Unreachable) {
    health.learn({.endpoint = endpoint, .how = how});
  }
  void fail_often(std::size_t endpoint, int times = 5) {
    for (int i = 0; i < times; ++i) fail(endpoint);
  }

  Time now{std::chrono::hours(1)};
  int clock_readings = 0;
  std::vector<std::string> told;
  Health health;

 private:
  static std::vector<Health::Patient> patients(std::size_t count) {
    std::vector<Health::Patient> all;
    for (std::size_t i = 0; i < count; ++i) {
      all.push_back({"t" + std::to_string(i), std::make_shared<Vitals>()});
    }
    return all;
  }
  Health::Surroundings around() {
    return {.now =
                [this] {
                  ++clock_readings;
                  return now;
                },
            .tell =
                [this](const Health::Patient& whose, bool up, Time outage) {
                  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(outage);
                  told.push_back(up ? whose.name + " up"
                                    : whose.name + " down " + std::to_string(seconds.count()));
                }};
  }
};

}  // namespace portico::proxy::test

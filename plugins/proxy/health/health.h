// SPDX-License-Identifier: Apache-2.0
// Which endpoints of an upstream may be asked, as far as their answers tell: who fails too often in
// a row is out for a while, and comes back slowly.
#pragma once

#include "health/conditions.h"
#include "health/health_settings.h"
#include "health/vitals.h"
#include <portico/callable.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace portico::proxy {

class Health {
 public:
  /// An endpoint, with what is known of it since before the last reload.
  struct Patient {
    std::string name;
    std::shared_ptr<Vitals> vitals;  // Instances of the plugin share it: the old one still hears.
  };
  /// Whom it asks and whom it tells.
  struct Surroundings {
    Callable<Time()> now;
    /// On a loop. `up` is false when it went out, for that long.
    Callable<void(const Patient& whose, bool up, Time outage)> tell;
  };

  Health(const EjectionSettings& settings, Time slow_start, std::vector<Patient> patients,
         Surroundings around);

  [[nodiscard]] std::size_t size() const noexcept { return patients_.size(); }
  [[nodiscard]] const std::vector<Patient>& patients() const noexcept { return patients_; }
  /// Whether the endpoint may get requests. Reads no clock while it is up.
  [[nodiscard]] bool usable(std::size_t endpoint) const;
  /// How much of its share it gets, of `Whole`: less while it has just come back.
  static constexpr std::uint32_t Whole = 1024;
  [[nodiscard]] std::uint32_t share(std::size_t endpoint) const;
  /// Percent of those that must be up, or all of them are used.
  [[nodiscard]] std::uint32_t panic() const noexcept { return panic_; }

  /// One try has ended.
  void learn(const Try& made) const;

 private:
  [[nodiscard]] bool may_go_out() const;

  std::vector<Patient> patients_;
  Surroundings around_;
  Conditions failures_;
  std::uint32_t most_failures_;
  Time first_;
  Time longest_;
  Time slow_start_;
  std::uint32_t most_out_;
  std::uint32_t panic_;
};

}  // namespace portico::proxy

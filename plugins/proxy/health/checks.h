// SPDX-License-Identifier: Apache-2.0
// Asks the endpoints of one upstream how they are, each on its own time. Once for the whole
// process, not for each loop or route. Verdicts go into the endpoints' vitals, which loops read.
#pragma once

#include "health/check_settings.h"
#include "health/expectation.h"
#include "health/vitals.h"
#include <portico/host.h>
#include <portico/upstream.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace portico::proxy {

class Checks {
 public:
  struct Subject {
    std::string name;       ///< For the log.
    std::string address;    ///< Where it is.
    std::string authority;  ///< What it is called.
    std::shared_ptr<Vitals> vitals;
  };
  /// `group` stands before what is logged; `upstream` says whom to trust over TLS.
  Checks(const CheckSettings& settings, std::string group, const Upstream& upstream, bool tls,
         Host& host);
  Checks(const Checks&) = delete;
  Checks& operator=(const Checks&) = delete;
  ~Checks();

  /// From now on these. One that was there goes on where it was. Any thread.
  void watch(std::vector<Subject> subjects);
  /// Asks whose time has come. To be called every `Step`.
  void tick();

  static constexpr std::chrono::milliseconds Step{100};

 private:
  struct Patient;

  [[nodiscard]] Fetch question(const Subject& subject) const;
  [[nodiscard]] Time next_time() const;
  void ask(const std::shared_ptr<Patient>& patient);
  void hear(Patient& patient, const Fetched& answer);

  const CheckSettings settings_;
  const Expectation expectation_;
  const std::string group_;
  const Upstream& upstream_;
  const bool tls_;
  Host& host_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<Patient>> patients_;
};

}  // namespace portico::proxy

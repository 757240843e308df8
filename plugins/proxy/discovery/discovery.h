// SPDX-License-Identifier: Apache-2.0
// Keeps finding the targets of one upstream. The last good answer stays: a name server that fails,
// or a file that is broken, takes nobody's servers away.
#pragma once

#include "discovery/discovery_settings.h"
#include "health/vitals.h"
#include "upstream/target_url.h"
#include <portico/callable.h>
#include <portico/host.h>

#include <compare>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace portico::proxy {

/// A target that was found.
struct Found {
  std::string address;    ///< "192.0.2.1:80"
  std::string authority;  ///< As a Host says it.
  std::uint32_t weight = 1;
  std::uint32_t priority = 0;

  friend auto operator<=>(const Found&, const Found&) = default;
};

class Discovery {
 public:
  /// `changed` is called whenever what was found is another, on a thread that may wait for
  /// nothing; `group` stands before what is logged.
  Discovery(const DiscoverySettings& settings, std::string group, Host& host,
            Callable<void(const std::vector<Found>&)> changed);
  Discovery(const Discovery&) = delete;
  Discovery& operator=(const Discovery&) = delete;
  ~Discovery();

  /// Asks when it is time to. To be called every `Step`, and once at start.
  void tick();

  static constexpr std::chrono::milliseconds Step{100};

 private:
  struct Round;

  void read_file();
  void ask();
  void hear_addresses(const Resolved& answer);
  void hear_services(const Resolved& answer);
  void hear_target(const std::shared_ptr<Round>& round, std::size_t at, const Resolved& answer);
  void settle(std::vector<Found> found, std::chrono::seconds life);
  void fail(std::string_view why);

  const DiscoverySettings settings_;
  const Scheme scheme_;
  const std::string group_;
  Host& host_;
  const Callable<void(const std::vector<Found>&)> changed_;
  std::mutex mutex_;
  Time due_{0};
  bool asked_ = false;
  bool failing_ = false;
  std::string stamp_;  // Of the file that was read last.
  std::vector<Found> found_;
};

/// The targets of a file. Throws std::runtime_error with the line that is no good, and why.
[[nodiscard]] std::vector<Found> read_targets(std::string_view text);

}  // namespace portico::proxy

// SPDX-License-Identifier: Apache-2.0
// What the lanes count: each in memory of its own, summed up when metrics are asked for.
#pragma once

#include "server/route_series.h"
#include "services/metrics/exposition.h"
#include "services/metrics/tally.h"

#include <atomic>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <time.h>

namespace portico::server {

/// What a lane counts beside its routes.
struct alignas(64) LaneMeter {
  static constexpr clockid_t NoClock = -1;

  services::Tally begun;  ///< Requests that a chain has taken.
  services::Tally ended;
  services::Tally accepted;  ///< Connections.
  services::Tally refused;   ///< Connections of a client that had its share.
  services::Tally greeted;   ///< TLS handshakes that ended well,
  services::Tally broken;    ///< and that did not.
  /// The clock of its thread's processor time, once it runs.
  std::atomic<clockid_t> processor{NoClock};

  /// On the lane's thread.
  void runs() noexcept;
};

class Meter {
 public:
  explicit Meter(std::size_t lanes);

  [[nodiscard]] LaneMeter& lane(std::size_t lane) noexcept { return lanes_[lane]; }

  /// Counts by these routes from now on; `routes` has every text once. The counts of a route that
  /// was there before go on, those of one that has gone are shown no more.
  void follow(std::span<const std::string_view> routes);
  /// What that lane writes to. A table stays of use as long as somebody holds it.
  [[nodiscard]] std::shared_ptr<const SeriesTable> table(std::size_t lane) const;

  /// Any thread.
  void expose(services::Exposition& exposition) const;

 private:
  struct Followed {
    std::vector<std::string> routes;
    std::vector<std::shared_ptr<const SeriesTable>> tables;  // By lane; each by route.
  };
  struct Route {
    std::string_view text;
    RouteSeries::Sums sums;
  };
  [[nodiscard]] std::shared_ptr<const Followed> followed() const;
  [[nodiscard]] static std::vector<Route> sum_up(const Followed& followed);
  void expose_requests(services::Exposition& exposition) const;
  void expose_lanes(services::Exposition& exposition) const;

  std::deque<LaneMeter> lanes_;
  mutable std::mutex mutex_;  // For the time of a copy of this pointer.
  std::shared_ptr<const Followed> followed_;
};

}  // namespace portico::server

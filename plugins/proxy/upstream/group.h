// SPDX-License-Identifier: Apache-2.0
// One upstream: its settings, what core knows of it, and what its answers have taught.
#pragma once

#include "health/breaker.h"
#include "health/retry_budget.h"
#include "upstream/passage.h"
#include "upstream/published.h"
#include "upstream/resolver.h"
#include "upstream/target_url.h"
#include "upstream/upstream_settings.h"
#include <portico/host.h>
#include <portico/upstream.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portico::proxy {

class Group {
 public:
  Group(std::string name, const UpstreamSettings& settings, Host& host);
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;
  ~Group() = default;

  /// A route ends here. Harmless more than once; throws std::runtime_error where a file of its TLS
  /// is no good.
  void open();
  /// Finds the targets and publishes them, where some route ends here. Blocks.
  void start(const Resolve& resolve);

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] Scheme scheme() const noexcept { return scheme_; }
  /// Requires that it is open.
  [[nodiscard]] Upstream& upstream() const noexcept { return *upstream_; }
  /// The targets as a Host says them.
  [[nodiscard]] std::vector<std::string> authorities() const;

  // For each request, on its loop.

  /// What stops it before it is sent: the breaker's answer, or nothing.
  [[nodiscard]] std::optional<Response> refuse() const;
  /// Notes what the choice is to go by. Before the request is changed.
  void prepare(Request& request) const;
  /// Whose answer goes to the client.
  enum class Source : std::uint8_t { Upstream, Fallback };
  /// Sets the cookie that sticks, or puts the fallback in the place of core's answer.
  Source finish(const Request& request, Response& response) const;

 private:
  /// What a reload must not forget.
  struct Kept {
    Breaker breaker;
    RetryBudget budget;
  };
  struct Counters {
    Counter& out;
    Counter& retried;
    Counter& not_retried;
    Counter& refused;
    Counter& fallbacks;
  };

  [[nodiscard]] std::unique_ptr<const Published> find_endpoints(const Resolve& resolve) const;
  [[nodiscard]] std::size_t pick(const Published& published, Choice& choice) const;
  [[nodiscard]] bool again(const Published& published, const Request& request,
                           const Try& made) const;
  void done(const Published& published, const Request& request, const Try& made) const;
  void tell(const Health::Patient& patient, bool up, Time outage) const;
  void turned(Breaker::Turned how) const;
  [[nodiscard]] Response fall_back() const;

  std::string name_;
  UpstreamSettings settings_;
  std::vector<TargetUrl> targets_;
  Scheme scheme_;
  Host& host_;
  Upstream* upstream_ = nullptr;
  std::shared_ptr<Kept> kept_;  // With instances of the plugin before and after this one.
  Counters counters_;
  Conditions retried_;
  Conditions broken_;
  Breaker::Limits limits_;
  bool has_passage_;
};

}  // namespace portico::proxy

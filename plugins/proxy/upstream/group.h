// SPDX-License-Identifier: Apache-2.0
// One upstream: its settings, what core knows of it, and what its answers have taught.
#pragma once

#include "discovery/discovery.h"
#include "health/breaker.h"
#include "health/checks.h"
#include "health/retry_budget.h"
#include "upstream/passage.h"
#include "upstream/published.h"
#include "upstream/resolver.h"
#include "upstream/state.h"
#include "upstream/target_url.h"
#include "upstream/upstream_settings.h"
#include <portico/host.h>
#include <portico/upstream.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
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
  /// Finds the targets and publishes them, or begins to, where some route ends here. Blocks.
  void start(const Resolve& resolve);
  /// Whether `tick` has anything to do.
  [[nodiscard]] bool ticks() const noexcept { return settings_.discover || settings_.health; }
  /// To be called every `Checks::Step`, once started.
  void tick();

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] Scheme scheme() const noexcept { return scheme_; }
  /// Requires that it is open.
  [[nodiscard]] Upstream& upstream() const noexcept { return *upstream_; }
  /// For operators. Any thread.
  [[nodiscard]] UpstreamState state() const;
  [[nodiscard]] bool is_open() const noexcept { return upstream_ != nullptr; }
  /// The targets as a Host says them.
  [[nodiscard]] std::vector<std::string> authorities() const;

  // For each request, on its loop.

  /// What stops it before it is sent: the breaker's answer, or nothing.
  [[nodiscard]] std::optional<Response> refuse() const;
  /// Whether it is well enough for requests that nobody waits for.
  [[nodiscard]] bool takes_copies() const noexcept {
    return !settings_.breaker || kept_->breaker.state() == Breaker::State::Closed;
  }
  /// Notes what the choice is to go by. Before the request is changed.
  void prepare(Request& request) const;
  /// Whose answer goes to the client.
  enum class Source : std::uint8_t { Upstream, Fallback };
  /// Sets the cookie that sticks, or puts the fallback in the place of core's answer.
  Source finish(const Request& request, Response& response) const;

 private:
  /// What a reload must not forget.
  struct Kept {
    using Records = std::map<std::string, std::shared_ptr<Vitals>>;
    Breaker breaker;
    RetryBudget budget;
    std::mutex mutex;
    Records records;  ///< Of the endpoints that were published last, by address.
  };
  struct Counters {
    Counter& out;
    Counter& retried;
    Counter& not_retried;
    Counter& refused;
    Counter& fallbacks;
  };

  /// What is to be published of one endpoint.
  struct Candidate {
    Published::Place place;
    Table::Member member;
    std::string called;  ///< In the log.
  };

  [[nodiscard]] std::vector<Candidate> listed(const Resolve& resolve) const;
  [[nodiscard]] static std::vector<Candidate> discovered(const std::vector<Found>& found);
  void publish(std::vector<Candidate> candidates);
  [[nodiscard]] std::unique_ptr<const Published> make_published(std::vector<Candidate> candidates);
  [[nodiscard]] std::size_t pick(const Published& published, Choice& choice) const;
  [[nodiscard]] bool again(const Published& published, const Request& request,
                           const Try& made) const;
  void done(const Published& published, const Request& request, const Try& made) const;
  void tell(const Health::Patient& patient, bool up, Time outage) const;
  void turned(Breaker::Turned how) const;
  [[nodiscard]] Response fall_back() const;
  [[nodiscard]] std::shared_ptr<const Published> published() const;
  /// How many targets are up, for the metrics.
  void recount() const;

  std::string name_;
  UpstreamSettings settings_;
  std::vector<TargetUrl> targets_;
  Scheme scheme_;
  Host& host_;
  Upstream* upstream_ = nullptr;
  std::shared_ptr<Kept> kept_;  // With instances of the plugin before and after this one.
  std::shared_ptr<const Published> published_;  // The newest; under the mutex of `kept_`.
  Counters counters_;
  Gauge& up_;
  Conditions retried_;
  Conditions broken_;
  Breaker::Limits limits_;
  bool has_passage_;
  std::unique_ptr<Checks> checks_;
  std::unique_ptr<Discovery> discovery_;
};

}  // namespace portico::proxy

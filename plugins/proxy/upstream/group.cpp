// SPDX-License-Identifier: Apache-2.0
// The part of an upstream that is done once: settings become what core and the choice go by.
#include "upstream/group.h"

#include "balance/hash.h"
#include "text.h"

#include <algorithm>
#include <utility>

namespace portico::proxy {
namespace {

std::vector<TargetUrl> read_targets(const UpstreamSettings& settings) {
  std::vector<TargetUrl> targets;
  targets.reserve(settings.targets.size());
  for (const TargetSettings& target : settings.targets) targets.emplace_back(target.url);
  return targets;
}

Upstream& make_upstream(const std::string& name, const UpstreamSettings& settings, Scheme scheme,
                        Host& host) {
  const TimeoutSettings& timeouts = settings.timeouts;
  const TlsSettings& tls = settings.tls;
  return host.upstream({.name = name,
                        .tls = scheme == Scheme::Https,
                        .ca = tls.ca,
                        .certificate = tls.certificate,
                        .key = tls.key,
                        .server_name = tls.server_name,
                        .connect_timeout = timeouts.connect,
                        .first_byte_timeout = timeouts.first_byte,
                        .between_bytes_timeout = timeouts.between_bytes,
                        .try_timeout = timeouts.each_try,
                        .total_timeout = timeouts.total,
                        .tunnel_timeout = timeouts.tunnel,
                        .tries = settings.retries.tries,
                        .idle_connections = settings.idle_connections,
                        .idle_timeout = settings.idle_timeout,
                        .connections = settings.connections,
                        .queue = settings.queue,
                        .queue_timeout = settings.queue_timeout});
}

std::vector<Published::Place> places_of(const TargetUrl& target, const Resolve& resolve) {
  if (!target.is_name()) return {{target.address(), target.authority()}};
  std::vector<Published::Place> places;
  for (const std::string& address : resolve(target.host())) {
    places.push_back({with_port(address, target.port()), target.authority()});
  }
  return places;
}

Breaker::Limits limits_of(const std::optional<BreakerSettings>& settings) {
  if (!settings) return {};
  return {.errors = settings->errors,
          .window = settings->window,
          .requests = settings->requests,
          .open = settings->open,
          .trials = settings->trials};
}

}  // namespace

Group::Group(std::string name, const UpstreamSettings& settings, Host& host)
    : name_(std::move(name)),
      settings_(settings),
      targets_(read_targets(settings)),
      scheme_(scheme_of(settings_)),
      host_(host),
      kept_(host.keep<Kept>("upstream " + name_, [] { return std::make_shared<Kept>(); })),
      counters_{
          host.counter("ejections_total", "Times that a target was put out.",
                       {{"upstream", name_}}),
          host.counter("retries_total", "Requests that were sent again.", {{"upstream", name_}}),
          host.counter("retries_refused_total",
                       "Requests that were not sent again because the budget was spent.",
                       {{"upstream", name_}}),
          host.counter("refused_total", "Requests that an open breaker refused.",
                       {{"upstream", name_}}),
          host.counter("fallbacks_total", "Answers that were the fallback.",
                       {{"upstream", name_}})},
      up_(host.gauge("targets_up", "Targets that are well and not out.", {{"upstream", name_}})),
      retried_(settings.retries.on),
      broken_(settings.breaker ? Conditions(settings.breaker->on) : Conditions()),
      limits_(limits_of(settings.breaker)),
      has_passage_(settings.balance.method == Method::Hash || settings.sticky ||
                   settings.fallback) {}

void Group::open() {
  if (upstream_ == nullptr) upstream_ = &make_upstream(name_, settings_, scheme_, host_);
}

void Group::start(const Resolve& resolve) {
  if (upstream_ == nullptr) return;
  if (settings_.health) {
    checks_ = std::make_unique<Checks>(*settings_.health, name_, *upstream_,
                                       scheme_ == Scheme::Https, host_);
  }
  if (!settings_.discover) return publish(listed(resolve));
  publish({});
  discovery_ = std::make_unique<Discovery>(
      *settings_.discover, name_, host_,
      [this](const std::vector<Found>& found) { publish(discovered(found)); });
  discovery_->tick();
}

void Group::tick() {
  if (discovery_) discovery_->tick();
  if (!checks_) return;
  checks_->tick();
  recount();
}

std::vector<Group::Candidate> Group::listed(const Resolve& resolve) const {
  std::vector<Candidate> all;
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    const TargetSettings& target = settings_.targets[i];
    std::vector<Published::Place> places = places_of(targets_[i], resolve);
    for (Published::Place& place : places) {
      const bool named = !target.name.empty();
      // A name of several addresses means none of them.
      const std::string known =
          named && places.size() == 1 ? target.name : target.name + ' ' + place.address;
      const std::string called = named ? target.name + " (" + place.address + ")" : place.address;
      all.push_back({std::move(place), {hash_of(known), target.weight, target.priority}, called});
    }
  }
  return all;
}

std::vector<Group::Candidate> Group::discovered(const std::vector<Found>& found) {
  std::vector<Candidate> all;
  all.reserve(found.size());
  for (const Found& each : found) {
    all.push_back({{each.address, each.authority},
                   {hash_of(' ' + each.address), each.weight, each.priority},
                   each.address});
  }
  return all;
}

void Group::publish(std::vector<Candidate> candidates) {
  const std::shared_ptr<const Published> published = make_published(std::move(candidates));
  std::vector<Endpoint> endpoints;
  for (const Published::Place& place : published->places) {
    endpoints.push_back({.address = place.address, .name = place.host});
  }
  UpstreamPolicy policy;
  policy.pick = [this, published](Choice& choice) { return pick(*published, choice); };
  policy.again = [this, published](const Request& request, const Try& made) {
    return again(*published, request, made);
  };
  policy.done = [this, published](const Request& request, const Try& made) {
    done(*published, request, made);
  };
  upstream_->publish(endpoints, std::move(policy));
  {
    const std::scoped_lock lock(kept_->mutex);
    published_ = published;
  }
  recount();
}

std::unique_ptr<const Published> Group::make_published(std::vector<Candidate> candidates) {
  std::vector<Published::Place> places;
  std::vector<Table::Member> members;
  std::vector<Health::Patient> patients;
  std::vector<Checks::Subject> subjects;
  Kept::Records records;
  const std::scoped_lock lock(kept_->mutex);
  for (Candidate& each : candidates) {
    // Who is not there any more is forgotten, or names that come and go would never end.
    auto& vitals = records[each.place.address];
    vitals = kept_->records[each.place.address];
    if (!vitals) vitals = std::make_shared<Vitals>();
    members.push_back(each.member);
    patients.push_back({each.called, vitals});
    subjects.push_back({each.called, each.place.address, each.place.host, vitals});
    places.push_back(std::move(each.place));
  }
  kept_->records = std::move(records);
  if (checks_) checks_->watch(std::move(subjects));
  Health::Surroundings around{.now = [this] { return host_.now(); },
                              .tell = [this](const Health::Patient& whose, bool up,
                                             Time outage) { tell(whose, up, outage); }};
  return std::make_unique<const Published>(
      std::move(places), settings_.balance.method, std::move(members),
      Health(settings_.ejection, settings_.slow_start, std::move(patients), std::move(around)));
}

std::vector<std::string> Group::authorities() const {
  std::vector<std::string> all;
  all.reserve(targets_.size());
  for (const TargetUrl& target : targets_) all.push_back(target.authority());
  // What DNS finds has the name that was asked for.
  const auto& found = settings_.discover;
  if (found && found->record == DiscoverySettings::Kind::Address && !found->dns.empty()) {
    all.push_back(authority_of(found->dns, found->port, scheme_));
  }
  return all;
}

}  // namespace portico::proxy

// SPDX-License-Identifier: Apache-2.0
#include "upstream/group.h"

#include <stdexcept>
#include <utility>

namespace portico::proxy {
namespace {

/// One address of a target.
struct Place {
  std::string address;
  std::string name;
};

std::vector<TargetUrl> read_targets(const UpstreamSettings& settings) {
  std::vector<TargetUrl> targets;
  for (const TargetSettings& target : settings.targets) targets.emplace_back(target.url);
  return targets;
}

Upstream& make_upstream(const std::string& name, const UpstreamSettings& settings, Scheme scheme,
                        Host& host) {
  // Rather than send in clear what was meant to be sealed.
  if (scheme == Scheme::Https) {
    throw std::invalid_argument("the upstream \"" + name +
                                "\" wants TLS, which is not there yet; write http://");
  }
  const TimeoutSettings& timeouts = settings.timeouts;
  return host.upstream({.name = name,
                        .connect_timeout = timeouts.connect,
                        .first_byte_timeout = timeouts.first_byte,
                        .between_bytes_timeout = timeouts.between_bytes,
                        .try_timeout = timeouts.each_try,
                        .total_timeout = timeouts.total,
                        .tunnel_timeout = timeouts.tunnel,
                        .idle_connections = settings.idle_connections,
                        .idle_timeout = settings.idle_timeout});
}

std::vector<Place> places_of(const TargetUrl& target, const Resolve& resolve) {
  if (!target.is_name()) return {{target.address(), target.authority()}};
  std::vector<Place> places;
  for (const std::string& address : resolve(target.host())) {
    places.push_back({with_port(address, target.port()), target.authority()});
  }
  return places;
}

}  // namespace

Group::Group(std::string name, const UpstreamSettings& settings, Host& host)
    : name_(std::move(name)),
      targets_(read_targets(settings)),
      scheme_(targets_.front().scheme()),
      upstream_(make_upstream(name_, settings, scheme_, host)) {}

void Group::start(const Resolve& resolve) {
  std::vector<Place> places;
  for (const TargetUrl& target : targets_) {
    for (Place& place : places_of(target, resolve)) places.push_back(std::move(place));
  }
  std::vector<Endpoint> endpoints;
  endpoints.reserve(places.size());
  for (const Place& place : places) {
    endpoints.push_back({.address = place.address, .name = place.name});
  }
  upstream_.publish(endpoints, {});
}

std::vector<std::string> Group::authorities() const {
  std::vector<std::string> all;
  for (const TargetUrl& target : targets_) all.push_back(target.authority());
  return all;
}

}  // namespace portico::proxy

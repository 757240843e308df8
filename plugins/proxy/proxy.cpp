// SPDX-License-Identifier: Apache-2.0
// A reverse proxy: which upstream a request goes to and what is changed on the way. How it gets
// there is core's (upstream.h).
#include "proxy.h"

#include "route.h"
#include "text.h"
#include "upstream/target_url.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::proxy {

ProxyPlugin::ProxyPlugin(const Config& config, Host& host) : host_(host) {
  for (const auto& [name, settings] : config.upstreams) {
    groups_.emplace(name, std::make_unique<Group>(name, settings, host_));
  }
}

void ProxyPlugin::setup(Registrar& registrar) {
  const auto make = [this](const RouteSettings& settings) {
    Group& group = group_of(settings.upstream);
    group.open();
    Group* const mirror = settings.mirror ? &group_of(settings.mirror->upstream) : nullptr;
    if (mirror != nullptr) mirror->open();
    auto route = std::make_unique<const Route>(settings, group, mirror, host_);
    return [route = std::move(route)](Request& request) { return route->serve(request); };
  };
  const auto name = [this](const RouteSettings& settings) {
    return group_of(settings.upstream).name();
  };
  registrar.terminal<RouteSettings>("proxy", make).upstream(name);
  registrar.status<State>([this] { return state(); });
  const bool ticks =
      std::ranges::any_of(groups_, [](const auto& each) { return each.second->ticks(); });
  if (ticks) host_.every(Checks::Step, [this] { tick(); });
}

void ProxyPlugin::tick() {
  for (const auto& [name, group] : groups_) group->tick();
}

State ProxyPlugin::state() const {
  State told;
  for (const auto& [name, group] : groups_) {
    if (group->is_open()) told.upstreams.push_back(group->state());
  }
  return told;
}

void ProxyPlugin::start() {
  const Resolve resolve = resolve_by_system;
  for (const auto& [name, group] : groups_) group->start(resolve);
}

Group& ProxyPlugin::group_of(const std::string& upstream) {
  if (is_url(upstream)) return group_at(upstream);
  const auto found = groups_.find(upstream);
  if (found != groups_.end()) return *found->second;
  std::vector<std::string_view> known;
  for (const auto& [name, group] : groups_) {
    if (!is_url(name)) known.push_back(name);
  }
  const std::string_view guess = closest(upstream, known);
  throw std::invalid_argument(
      "there is no upstream " + quoted(upstream) + "; " +
      (guess.empty() ? "add it to `plugins.proxy.upstreams`, or write http://HOST:PORT"
                     : "did you mean " + quoted(guess) + "?"));
}

Group& ProxyPlugin::group_at(const std::string& url) {
  UpstreamSettings settings;
  settings.targets.push_back({url});
  // Two routes that spell it differently share its connections.
  const TargetUrl target(url);
  const std::string name =
      std::string(word_of(target.scheme())) + "://" +
      (target.is_name() ? with_port(target.host(), target.port()) : target.address());
  const auto found = groups_.find(name);
  if (found != groups_.end()) return *found->second;
  return *groups_.emplace(name, std::make_unique<Group>(name, settings, host_)).first->second;
}

}  // namespace portico::proxy

PORTICO_EXPORT_PLUGIN(portico::proxy::ProxyPlugin)

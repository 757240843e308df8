// SPDX-License-Identifier: Apache-2.0
// Limits on requests. The arithmetic is in limits/, the buckets are in store/, whose they are is
// told by keys/.
#include "ratelimit.h"

#include <stdexcept>
#include <string>
#include <utility>

namespace portico::ratelimit {

RateLimitPlugin::RateLimitPlugin(const Config& config, Host& host)
    : config_(config),
      host_(host),
      memory_(host.keep<Memory>("memory " + std::to_string(config.max_keys),
                                [&] { return std::make_shared<Memory>(config.max_keys, host); })),
      failures_(host),
      keys_(host.gauge("keys", "Buckets in memory.")),
      evicted_(host.counter("evicted_total", "Buckets that had to make room for others.")) {
  if (config_.store != "memory") {
    shared_.emplace(host.redis(config_.store), config_.key_prefix, host);
  }
}

void RateLimitPlugin::setup(Registrar& registrar) {
  registrar.middleware<Use>(info.name, [this](const Use& use) {
    return [rule = make_rule(use)](Request& request) { return rule->serve(request); };
  });
  registrar.status<State>([this] { return state(); });
  registrar.admin("POST", "/reset", [this](Request& request) { return reset(request); });
  host_.every(std::chrono::seconds(5), [this] { tell(); });
  if (shared_) host_.every(RedisBuckets::SignInterval, [this] { shared_->live(); });
}

void RateLimitPlugin::tell() {
  keys_.set(static_cast<double>(memory_->table().held()));
  evicted_.add(memory_->newly_evicted());
}

State RateLimitPlugin::state() const {
  constexpr std::size_t Shown = 20;
  State state{.keys = memory_->table().held(),
              .max_keys = config_.max_keys,
              .evicted = memory_->table().evicted(),
              .refused = {}};
  for (RefusedKeys::Entry& entry : memory_->refused().top(Shown)) {
    RefusedKey& shown = state.refused.emplace_back();
    shown.place = std::move(entry.place);
    shown.key = text_of(entry.key);
    if (!entry.text.empty()) shown.text = std::move(entry.text);
    shown.refused = entry.refused;
  }
  return state;
}

Response RateLimitPlugin::reset(Request& request) const {
  const auto order = request.json<ResetOrder>();
  ResetOutcome outcome;
  for (const auto& rule : rules_) {
    if (!order.place.empty() && rule->home() != order.place) continue;
    std::optional<Key> key = rule->subject().of(order.by);
    if (const auto shown = key_of(order.key)) key = rule->shown(*shown);
    if (!key) continue;
    outcome.reset += rule->forget(*key);
    memory_->refused().forget(rule->shown(*key));
  }
  host_.log(Level::Info, "an operator reset a key: " + std::to_string(outcome.reset) + " buckets");
  return json(Status::Ok, outcome);
}

std::shared_ptr<const Rule> RateLimitPlugin::make_rule(const Use& use) {
  const Counting* counting = &use;
  std::string home(host_.place());
  Counting inherited;
  if (!use.group.empty()) {
    counting = &group_of(use.group);
    home = "group " + use.group;
  } else if (!use.says()) {
    if (!config_.says()) {
      throw std::invalid_argument(
          "there is no limit; write `limit` here or at `plugins.ratelimit`, or name a `group`");
    }
    inherited = static_cast<const Counting&>(use);
    static_cast<LimitSet&>(inherited) = config_;
    counting = &inherited;
  }
  const Stores stores{.memory = memory_,
                      .shared = shared_ ? &*shared_ : nullptr,
                      .failures = &failures_,
                      .showing = config_.show_keys ? Showing::Texts : Showing::Hashes};
  rules_.push_back(std::make_shared<const Rule>(use, *counting, home, stores, host_));
  return rules_.back();
}

const Group& RateLimitPlugin::group_of(const std::string& name) const {
  const auto found = config_.groups.find(name);
  if (found != config_.groups.end()) return found->second;
  std::string known;
  for (const auto& [each, group] : config_.groups) known += (known.empty() ? "" : ", ") + each;
  throw std::invalid_argument(
      "there is no group \"" + name + "\"; " +
      (known.empty() ? "add it to `plugins.ratelimit.groups`" : "there are " + known));
}

}  // namespace portico::ratelimit

PORTICO_EXPORT_PLUGIN(portico::ratelimit::RateLimitPlugin)

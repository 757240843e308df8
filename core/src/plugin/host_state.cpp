// SPDX-License-Identifier: Apache-2.0
#include "plugin/host_state.h"

#include "base/random.h"
#include "services/events/event_text.h"
#include "sql/outbox.h"

#include <semaphore>
#include <stdexcept>
#include <utility>

namespace portico {
namespace {

using plugin::HostState;
using plugin::Liveness;

HostState& state_of(Host& host) { return static_cast<HostState&>(host); }
const HostState& state_of(const Host& host) { return HostState::of(host); }

struct Ring {
  void operator()(std::binary_semaphore* semaphore) const noexcept { semaphore->release(); }
};
/// Rings when it goes: with a callback that was called, or that never will be.
using Bell = std::unique_ptr<std::binary_semaphore, Ring>;

}  // namespace

plugin::HostState::~HostState() {
  fall_silent();
  finish_jobs();
  for (const auto& upstream : upstreams) upstream->retired.store(true, std::memory_order_relaxed);
}

void plugin::HostState::fall_silent() noexcept {
  if (process.courier != nullptr) process.courier->forget(this);
  if (process.events != nullptr) process.events->forget(this);
  if (process.redis != nullptr && !redis_clients.empty()) process.redis->forget(this);
  for (const auto& [name, client] : job_clients) client->withdraw();
}

void plugin::HostState::finish_jobs() noexcept {
  for (const auto& [name, client] : job_clients) client->disband();
}

void plugin::HostState::wake() {
  awake = true;
  for (const auto& [name, client] : redis_clients) client->start();
  if (process.sql != nullptr && !sql_clients.empty()) process.sql->wake();
  for (const auto& [name, client] : sql_clients) client->start();
}

void plugin::HostState::lend_databases(std::function<void(sql::Store&)> prepare) {
  prepare_database = std::move(prepare);
  for (const auto& [name, client] : sql_clients) client->start_when_asked(prepare_database);
}

std::chrono::microseconds Host::unix_time() const noexcept {
  return state_of(*this).process.clock.unix_time();
}

std::chrono::nanoseconds Host::now() const noexcept { return state_of(*this).process.clock.now(); }

void Host::random(std::span<std::byte> out) const { base::fill_random(out); }

std::string Host::new_id() { return state_of(*this).process.ids.next(); }

std::string_view Host::mount() const noexcept {
  const std::string_view mount = state_of(*this).mount;
  return mount == "/" ? std::string_view() : mount;
}

bool Host::in_development() const noexcept { return state_of(*this).in_development; }

std::string_view Host::place() const noexcept { return state_of(*this).place; }

void Host::log(Level level, std::string_view message) const noexcept {
  const HostState& state = state_of(*this);
  state.process.log.write(level, state.plugin, message);
}

Counter& Host::counter(std::string_view name, std::string_view help) {
  return counter(name, help, {});
}

Counter& Host::counter(std::string_view name, std::string_view help, MetricLabels labels) {
  HostState& state = state_of(*this);
  return state.process.metrics.counter(state.own_name(name), help, labels);
}

Gauge& Host::gauge(std::string_view name, std::string_view help, MetricLabels labels) {
  HostState& state = state_of(*this);
  return state.process.metrics.gauge(state.own_name(name), help, labels);
}

Histogram& Host::histogram(std::string_view name, std::string_view help,
                           std::span<const double> bounds, MetricLabels labels) {
  HostState& state = state_of(*this);
  return state.process.metrics.histogram(state.own_name(name), help, bounds, labels);
}

void Host::every(std::chrono::milliseconds interval, Callable<void()> tick) {
  HostState& state = state_of(*this);
  if (!tick || interval <= std::chrono::milliseconds::zero()) {
    throw std::logic_error("`every` needs an interval above zero and a function");
  }
  if (state.liveness != Liveness::Inert) state.ticker.add(state.plugin, interval, std::move(tick));
}

std::string Host::state_directory() const {
  const HostState& state = state_of(*this);
  const std::filesystem::path folder = state.process.state / state.plugin;
  if (state.liveness != Liveness::Inert && std::filesystem::create_directories(folder)) {
    // It may come to hold what nobody else should read.
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  }
  return folder.string();
}

std::shared_ptr<void> Host::keep_any(std::string_view key, std::size_t size,
                                     Callable<std::shared_ptr<void>()> make) {
  HostState& state = state_of(*this);
  return state.process.keep.find_or_make(state.plugin, key, size, make);
}

Upstream& Host::upstream(const UpstreamOptions& options) {
  HostState& state = state_of(*this);
  auto& made = state.upstreams.emplace_back(std::make_shared<detail::UpstreamState>(options));
  if (state.process.upstreams != nullptr) {
    made->keep_figures(*state.process.upstreams);
    state.process.upstreams->add(made);
  }
  return *made;
}

void Host::fetch(const Fetch& order, Callable<void(const Fetched&)> done) {
  HostState& state = state_of(*this);
  if (state.process.courier == nullptr) throw std::logic_error("nothing is fetched by a check");
  state.process.courier->fetch(&state, order, std::move(done));
}

Fetched Host::fetch(const Fetch& order) {
  Fetched result;
  result.error = "the plugin is being retired";
  std::binary_semaphore over(0);
  fetch(order, [&result, bell = Bell(&over)](const Fetched& fetched) { result = fetched; });
  over.acquire();
  return result;
}

void Host::resolve(std::string_view name, Record kind, Callable<void(const Resolved&)> told) {
  HostState& state = state_of(*this);
  if (state.process.courier == nullptr) throw std::logic_error("nothing is resolved by a check");
  state.process.courier->resolve(&state, std::string(name), kind, std::move(told));
}

void Host::publish(std::string_view event, std::initializer_list<EventField> data) {
  HostState& state = state_of(*this);
  if (state.process.events != nullptr) state.process.events->publish(state.plugin, event, data);
}

void Host::publish(Transaction& within, std::string_view event, std::string_view key,
                   std::initializer_list<EventField> data) {
  HostState& state = state_of(*this);
  services::check_event_name(event);
  const std::string id = state.process.ids.next();
  const std::string payload = services::event_data(data);
  sql::write_to_outbox(within, {.id = id,
                                .source = state.plugin,
                                .event = event,
                                .key = key,
                                .payload = payload,
                                .time = state.process.clock.unix_time()});
}

void Host::listen(std::string_view pattern, Callable<void(const Event&)> told) {
  HostState& state = state_of(*this);
  if (state.process.events == nullptr) return;
  state.process.events->listen(&state, state.plugin, pattern, std::move(told));
}

Redis& Host::redis(std::string_view name) {
  HostState& state = state_of(*this);
  const auto& [found, options] = state.stores.redis.find(name);
  const auto known = state.redis_clients.find(found);
  if (known != state.redis_clients.end()) return *known->second;
  redis::Desk* const desk = state.process.redis;
  auto store = desk != nullptr ? desk->open(found, options)
                               : std::make_shared<redis::Store>(found, options, state.process.log,
                                                                state.process.clock);
  auto client = std::make_unique<redis::Client>(std::move(store), desk, &state);
  if (state.awake) client->start();
  return *state.redis_clients.emplace(found, std::move(client)).first->second;
}

Sql& Host::sql(std::string_view name) {
  HostState& state = state_of(*this);
  const auto found = state.stores.sql.find(name);
  const auto known = state.sql_clients.find(found.name);
  if (known != state.sql_clients.end()) return *known->second;
  sql::Service* const service = state.process.sql;
  auto store = service != nullptr
                   ? service->open(found.name, found.options)
                   : std::make_shared<sql::Store>(found.name, found.options, state.process.log,
                                                  state.process.clock, [] {});
  auto client = std::make_unique<sql::Client>(std::move(store));
  if (state.awake) client->start();
  if (state.prepare_database) client->start_when_asked(state.prepare_database);
  return *state.sql_clients.emplace(found.name, std::move(client)).first->second;
}

namespace {

/// By the file's only Redis; several nodes share a PostgreSQL alone.
std::unique_ptr<jobs::Wakes> wakes_of(const HostState& state, sql::Store& store) {
  const auto* const redis = state.stores.redis.only();
  if (redis == nullptr || state.process.redis == nullptr ||
      store.options.main.engine == Sql::Engine::Sqlite) {
    return nullptr;
  }
  auto opened = state.process.redis->open(redis->first, redis->second);
  return std::make_unique<jobs::Wakes>(*state.process.redis, std::move(opened), store.name,
                                       store.work_bell());
}

}  // namespace

Jobs& Host::jobs(std::string_view database) {
  HostState& state = state_of(*this);
  auto& sql = sql::Client::of(this->sql(database));
  const std::string& name = sql.store().name;
  const auto known = state.job_clients.find(name);
  if (known != state.job_clients.end()) return *known->second;
  jobs::Service* const service = state.liveness == Liveness::Inert ? nullptr : state.process.jobs;
  auto client = std::make_unique<jobs::Client>(jobs::Client::Parts{
      .plugin = state.plugin,
      .owner = &state,
      .sql = sql,
      .clock = state.process.clock,
      .ids = state.process.ids,
      .service = service,
      .dispatcher = service == nullptr ? nullptr : service->open(sql.shared(), [&] {
        return wakes_of(state, sql.store());
      })});
  return *state.job_clients.emplace(name, std::move(client)).first->second;
}

void* const* Host::require_any(std::string_view versioned_name, bool needed) {
  HostState& state = state_of(*this);
  using Need = plugin::Services::Need;
  return state.services.slot(state.plugin, versioned_name,
                             needed ? Need::Required : Need::Optional);
}

}  // namespace portico

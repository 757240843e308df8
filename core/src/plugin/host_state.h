// SPDX-License-Identifier: Apache-2.0
// The one class behind the SDK's Host: what the process lends to one plugin instance.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/sealer.h"
#include "fetch/courier.h"
#include "jobs/client.h"
#include "jobs/service.h"
#include "pipeline/crypto_pool.h"
#include "plugin/keep.h"
#include "plugin/services.h"
#include "plugin/stores.h"
#include "plugin/ticker.h"
#include "redis/client.h"
#include "redis/desk.h"
#include "services/events/bus.h"
#include "services/log/sink.h"
#include "services/metrics/registry.h"
#include "sql/client.h"
#include "sql/service.h"
#include "upstream/group.h"
#include <portico/host.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace portico::plugin {

/// What every plugin of the process shares. Outlives every generation.
struct Process {
  const base::Clock& clock;
  services::LogSink& log;
  services::MetricRegistry& metrics;
  Keep& keep;
  std::filesystem::path state;        ///< The state directory; a plugin's folder is one below it.
  fetch::Courier* courier = nullptr;  ///< Null where nothing serves, as the next.
  upstream::Directory* upstreams = nullptr;
  services::EventBus* events = nullptr;
  redis::Desk* redis = nullptr;
  sql::Service* sql = nullptr;
  base::Sealer* sealer = nullptr;
  pipeline::CryptoPool* crypto = nullptr;  ///< Null: the usual workers hash too.
  base::Ids ids{clock};
  jobs::Service* jobs = nullptr;  ///< Null where no work is done.
};

/// Live serves; inert is for `portico check`: no thread is started and no folder is made. Stepped
/// is live, but what `host.every` asked for runs in `Generation::tick` instead of on a thread: for
/// tests.
enum class Liveness : std::uint8_t { Inert, Live, Stepped };

class HostState final : public Host {
 public:
  HostState(std::string plugin_name, Process& shared, Services& services_of_generation,
            Ticker& ticker_of_generation, const Stores& stores_of_generation, Liveness how)
      : plugin(std::move(plugin_name)),
        process(shared),
        lease(shared.keep, plugin),
        services(services_of_generation),
        ticker(ticker_of_generation),
        stores(stores_of_generation),
        liveness(how) {}
  ~HostState();
  /// Every Host is a HostState: nothing else can be made from it.
  static const HostState& of(const Host& host) noexcept {
    return static_cast<const HostState&>(host);
  }
  /// `start` comes next: what it may want is called up.
  void wake();
  /// Instead of it, in a process that starts nothing: a database that is asked may be asked once
  /// this has been called for it.
  void lend_databases(std::function<void(sql::Store&)> prepare);
  /// Nothing that the plugin asked for is told it any more.
  void fall_silent() noexcept;
  /// Waits for the jobs that are under way; none is begun meanwhile.
  void finish_jobs() noexcept;

  /// Of a metric.
  [[nodiscard]] std::string own_name(std::string_view name) const {
    return plugin + "_" + std::string(name);
  }

  const std::string plugin;
  Process& process;
  const Keep::Lease lease;
  Services& services;
  Ticker& ticker;
  const Stores& stores;
  const Liveness liveness;
  mutable std::string_view place;  ///< That a rule is being made for.
  std::string mount = "/";
  bool in_development = false;
  /// Loops hold them too, until they have forgotten them.
  std::vector<std::shared_ptr<detail::UpstreamState>> upstreams;
  bool awake = false;
  std::function<void(sql::Store&)> prepare_database;
  /// By their names in the file.
  std::map<std::string, std::unique_ptr<redis::Client>, std::less<>> redis_clients;
  std::map<std::string, std::unique_ptr<sql::Client>, std::less<>> sql_clients;
  std::map<std::string, std::unique_ptr<jobs::Client>, std::less<>> job_clients;
};

}  // namespace portico::plugin

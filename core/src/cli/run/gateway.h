// SPDX-License-Identifier: Apache-2.0
// The serving process: what lives as long as it does, and the edition that is served now. All
// functions are for the control thread.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/sealer.h"
#include "cli/exit_code.h"
#include "cli/run/access_output.h"
#include "cli/run/admin_pages.h"
#include "cli/run/health.h"
#include "cli/run/log_journal.h"
#include "cli/run/reload_record.h"
#include "cli/run/served_admin.h"
#include "cli/run/served_edition.h"
#include "cli/run/sql_upkeep.h"
#include "config/environment.h"
#include "fetch/errands.h"
#include "http/cookie_signer.h"
#include "jobs/service.h"
#include "loop/sd_notify.h"
#include "pipeline/crypto_pool.h"
#include "pipeline/worker_pool.h"
#include "plugin/edition.h"
#include "plugin/keep.h"
#include "plugin/library.h"
#include "plugin/plugin_home.h"
#include "redis/service.h"
#include "server/server.h"
#include "services/log/log.h"
#include "services/metrics/registry.h"
#include "sql/service.h"
#include "tls/file_watch.h"
#include "tls/ticket_keys.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace portico::cli {

class Gateway {
 public:
  /// What `prepare` and `start` say when they failed; the exit code that goes with it.
  struct Failure {
    ExitCode code;
    std::string text;  ///< Ready to print.
  };

  Gateway(std::string config_path, services::Log& log);
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;
  ~Gateway();

  /// Serves `edition` from now on: starts its plugins, opens every listener.
  std::optional<Failure> start(std::unique_ptr<plugin::Edition> edition,
                               server::InheritedSockets inherited);
  /// Reads the file again and serves it, or keeps what is served and says why in the log.
  void reload();
  /// A rotation tool has moved the files.
  void reopen_logs() noexcept;
  /// Reads the certificates again when their files have changed; keeps those in use when the new
  /// ones are no good, and says why.
  void renew_certificates();
  /// Whether no loop has been in the same turn for that long. Any thread.
  [[nodiscard]] bool alive(std::chrono::nanoseconds patience) const noexcept {
    return server_->alive(patience);
  }
  /// Lets exchanges end within the file's `drain_timeout`, then stops every plugin.
  void drain();
  /// The same, and says so to the service manager.
  void shut_down();
  /// Says in the log that it serves. Whoever waits for the line finds all else in place.
  void tell_serving();
  /// Tells the service manager.
  void tell_ready() const;

  // Of an upgrade.
  [[nodiscard]] std::vector<server::Belonging> belongings() const { return server_->belongings(); }
  /// What was handed over is this process's now.
  void own_files() noexcept { server_->own_files(); }
  /// Accepts nobody any more, when another process does.
  void hand_over() { server_->hand_over(); }

  [[nodiscard]] plugin::Generation::Parts parts();
  /// Of the file.
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  [[nodiscard]] const config::Settings& settings() const;
  /// An edition with the certificates that its file names and the listeners that it has.
  struct Prepared {
    std::unique_ptr<plugin::Edition> edition;
    server::Contexts contexts;
    tls::FileWatch certificate_files{{}};
    std::vector<server::Door> doors;
  };
  /// Says why there is none, where one is needed.
  [[nodiscard]] std::optional<std::string> take_secret(const config::Settings& settings);
  /// What plugins seal with. Throws std::runtime_error where there is none that lasts.
  [[nodiscard]] std::string lasting_secret() const;
  [[nodiscard]] server::Contexts read_certificates(const config::Settings& settings,
                                                   config::Problems& problems) const;
  [[nodiscard]] Prepared prepare_next(config::Problems& problems);
  [[nodiscard]] bool prepare_listeners(Prepared& next, config::Problems& problems);
  [[nodiscard]] std::shared_ptr<ServedAdmin> make_admin(const config::ListenAddress& where,
                                                        ServedAdmin::Scope scope) const;
  [[nodiscard]] server::Applications applications() const;
  void refuse_reload(const config::Problems& problems, std::chrono::nanoseconds took);
  void make_server(server::Contexts contexts);
  [[nodiscard]] std::string addresses_served() const;
  void tell_problems(const config::Problems& problems);
  [[nodiscard]] const base::Clock& clock() const noexcept { return process_.clock; }

  const std::chrono::microseconds started_ = base::system_clock().unix_time();
  const std::string path_;
  services::Log& log_;
  services::MetricRegistry metrics_;
  plugin::Keep keep_;
  std::optional<fetch::Errands> errands_;  // From `start` on.
  redis::Service redis_;
  sql::Service sql_;
  jobs::Service jobs_;
  std::optional<Result<std::string>> secret_;  // From `start` on.
  base::Sealer sealer_{[this] { return lasting_secret(); }};
  pipeline::CryptoPool crypto_;
  upstream::Directory upstreams_;
  services::EventBus events_;
  plugin::Process process_;
  plugin::Libraries libraries_;
  plugin::PluginHome home_ = plugin::PluginHome::of_this_program();
  loop::ServiceManager manager_;
  LogJournal journal_;
  Graveyard graveyard_;
  std::shared_ptr<ServedEdition> served_;
  std::shared_ptr<const tls::TicketKeys> tickets_;
  std::unique_ptr<const http::CookieSigner> cookie_signer_;
  tls::FileWatch certificate_files_{{}};
  std::unique_ptr<pipeline::WorkerPool> workers_;
  std::optional<AccessOutput> access_;
  ReloadRecord reloads_;
  Health health_;
  SqlUpkeep sql_upkeep_;
  std::unique_ptr<pipeline::WorkerPool> admin_workers_;
  std::unique_ptr<AdminPages> pages_;
  std::unique_ptr<server::Server> server_;
};

}  // namespace portico::cli

// SPDX-License-Identifier: Apache-2.0
// The plugins of one configuration, from reading their files to their destruction:
//
//   prepare   stamps, load, bind all, construct all, setup all, resolve services
//   start     the databases' tables are brought up to date; then in the order of the file; a
//             failure retires and stops those that were started
//   (the caller lets new requests use this generation)
//   retire    a newer one has taken over: background work stops, requests in flight go on
//   stop      the last request has ended; then destruction
//
// retire, stop and destruction go in reverse order. Every failure before requests are served is a
// Problem that names plugin, file and line, later ones are logged. Control thread only, except for
// the const functions, which any thread may call once `prepare` has returned.
#pragma once

#include "config/problems.h"
#include "plugin/instance.h"
#include "plugin/plugin_home.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::config {
struct Settings;
}  // namespace portico::config

namespace portico::pipeline {
class Workers;
}  // namespace portico::pipeline

namespace portico::plugin {

class Generation {
 public:
  /// What prepare works with. Outlives the generation, except for `previous`.
  struct Parts {
    Process& process;
    Libraries& libraries;
    const PluginHome& home;
    Liveness liveness = Liveness::Live;
    /// The generation that serves now; a change of a `restart` field against it is an error.
    const Generation* previous = nullptr;
  };

  /// Holds the plugins that came up; what kept others from it is in `problems`, and then it must
  /// not be started: exit code 78. `settings` and its document must outlive this call.
  [[nodiscard]] static std::unique_ptr<Generation> prepare(const config::Settings& settings,
                                                           const Parts& parts,
                                                           config::Problems& problems);
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;
  /// Does what is left of retire and stop.
  ~Generation();

  /// Not when inert. False after a failure: exit code 69, for the file was fine and the
  /// outside world was not.
  [[nodiscard]] bool start(config::Problems& problems);
  /// Instead of `start`, for a command of a plugin: a database may be asked, and its tables are
  /// brought up to date when that is first done.
  void lend_databases();
  /// Stepped: runs every tick that has become due by the process's clock.
  void tick() { ticker_.step(); }
  void retire() noexcept;
  void stop() noexcept;

  [[nodiscard]] Process& process() const noexcept { return process_; }
  /// In the order of the file.
  [[nodiscard]] std::span<const std::unique_ptr<Instance>> instances() const noexcept {
    return instances_;
  }
  [[nodiscard]] const Instance* find(std::string_view plugin) const noexcept;

  /// Who declared it; both null when nobody did.
  struct Middleware {
    const Instance* instance = nullptr;
    const detail::MiddlewareEntry* entry = nullptr;
  };
  struct Terminal {
    const Instance* instance = nullptr;
    const detail::TerminalEntry* entry = nullptr;
  };
  struct Command {
    const Instance* instance = nullptr;
    const detail::CommandEntry* entry = nullptr;
  };
  [[nodiscard]] Middleware find_middleware(std::string_view name) const noexcept;
  [[nodiscard]] Terminal find_terminal(std::string_view key) const noexcept;
  [[nodiscard]] Command find_command(std::string_view name) const noexcept;
  /// Who runs the handlers of such routes; null: those who run all others. Throws
  /// std::system_error where their threads cannot be started.
  [[nodiscard]] pipeline::Workers* workers(Pool pool) const;
  /// The service under a versioned name, or null.
  [[nodiscard]] void* find_service(std::string_view name) const { return services_.find(name); }

 private:
  friend class GenerationBuilder;

  Generation(const Parts& parts, const config::Settings& settings);
  [[nodiscard]] bool bring_databases_up_to_date(config::Problems& problems);
  [[nodiscard]] config::Problem place_of(std::string_view plugin) const;
  void log_failure(const Instance& instance, std::string_view step,
                   const Instance::Failure& failure) noexcept;

  Process& process_;
  const Stores stores_;
  Services services_;
  Ticker ticker_;
  std::vector<std::unique_ptr<Instance>> instances_;
  std::vector<config::Problem>
      places_;               // Where each instance stands in the file, for later problems.
  std::size_t started_ = 0;  // So many of the first instances are to be stopped,
  bool retired_ = false;     // and retired before, unless they have been.
};

}  // namespace portico::plugin

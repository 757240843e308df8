// SPDX-License-Identifier: Apache-2.0
// The plugins of one configuration, from reading their files to their destruction:
//
//   prepare   stamps, load, bind all, construct all, setup all, resolve services
//   start     in the order of the file; a failure stops those that were started, in reverse order
//   (the caller lets new requests use this generation)
//   retire    a newer one has taken over: background work stops, requests in flight go on
//   stop      the last request has ended: in reverse order; then destruction, in reverse order too
//
// Every failure is a Problem that names plugin, file and line. Control thread only, except for the
// const functions, which any thread may call once `prepare` has returned.
#pragma once

#include "config/problems.h"
#include "plugin/instance.h"
#include "plugin/plugin_home.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace portico::config {
struct PluginEntry;
struct Settings;
}  // namespace portico::config

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

  /// Null when there was an error. `settings` and its document must outlive this call only.
  [[nodiscard]] static std::unique_ptr<Generation> prepare(const config::Settings& settings,
                                                           const Parts& parts,
                                                           config::Problems& problems);
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;
  /// Does what is left of retire and stop.
  ~Generation();

  /// False after a failure: exit code 69, for the file was fine and the outside world was not.
  [[nodiscard]] bool start(config::Problems& problems);
  void retire() noexcept;
  void stop() noexcept;

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
  [[nodiscard]] Middleware find_middleware(std::string_view name) const noexcept;
  [[nodiscard]] Terminal find_terminal(std::string_view key) const noexcept;
  /// The service under a versioned name, or null.
  [[nodiscard]] void* find_service(std::string_view name) const noexcept;

 private:
  class Builder;
  enum class Stage : std::uint8_t { Prepared, Started, Retired, Stopped };

  Generation(const Parts& parts);
  void report(const Instance& instance, std::string_view step, const std::string& failure) noexcept;
  void stop_first(std::size_t count) noexcept;

  Process& process_;
  Services services_;
  Ticker ticker_;
  std::vector<std::unique_ptr<Instance>> instances_;
  std::vector<config::Mark> marks_;  // Where each instance stands in the file.
  Stage stage_ = Stage::Prepared;
  Liveness liveness_;
};

}  // namespace portico::plugin

// SPDX-License-Identifier: Apache-2.0
// The process that `portico check` and its like lend to plugins: a clock, a log that goes nowhere,
// metrics that nobody reads. Nothing is opened, nothing started; but a command of a plugin may ask
// for the databases and the secret.
#pragma once

#include "plugin/edition.h"
#include "plugin/host_state.h"
#include "plugin/keep.h"
#include "plugin/library.h"
#include "plugin/plugin_home.h"
#include "services/metrics/registry.h"
#include "sql/service.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace portico::plugin {

class InertProcess {
 public:
  InertProcess();

  [[nodiscard]] std::unique_ptr<Edition> prepare(const std::string& path,
                                                 config::Problems& problems);
  /// Before `prepare`, where a command of a plugin is to run.
  void lend_databases() { process_.sql = &sql_.emplace(process_.clock, log_); }

  [[nodiscard]] Generation::Parts parts();
  /// What is sealed from now on is sealed with this, and not with a secret that nobody keeps.
  void use_secret(base::Sealer::Secret secret);
  [[nodiscard]] const base::Clock& clock() const noexcept { return process_.clock; }
  [[nodiscard]] services::LogSink& log() noexcept { return log_; }
  [[nodiscard]] const PluginHome& home() const noexcept { return home_; }
  [[nodiscard]] Libraries& libraries() noexcept { return libraries_; }

 private:
  struct Silence final : services::LogSink {
    void write(Level, std::string_view, std::string_view,
               std::span<const services::Field>) noexcept override {}
  };

  Silence log_;
  services::MetricRegistry metrics_;
  Keep keep_;
  std::optional<base::Sealer> sealer_;
  std::optional<sql::Service> sql_;
  Process process_;
  Libraries libraries_;
  PluginHome home_ = PluginHome::of_this_program();
};

}  // namespace portico::plugin

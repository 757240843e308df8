// SPDX-License-Identifier: Apache-2.0
// One object of a plugin, for one generation: its library, its settings, its host, what it
// declared. The steps of its life are called by Generation in the order bind, construct, setup,
// start, retire, stop, each at most once, on the control thread. None of them throws: what goes
// wrong is returned.
#pragma once

#include "plugin/host_state.h"
#include "plugin/library.h"
#include "plugin/registrar.h"
#include <portico/plugin.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::config {
class Node;
struct BindContext;
enum class Deployment : std::uint8_t;
}  // namespace portico::config

namespace portico::redis {
class Lines;
}

namespace portico::plugin {

class Instance {
 public:
  /// What a step says when it failed: what the plugin threw, or did wrong.
  using Failure = std::optional<std::string>;

  Instance(std::string name, const Library& library, Process& process, Services& services,
           Ticker& ticker, const Stores& stores, Liveness liveness);
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  /// Destroys the plugin; logs what its destructor throws.
  ~Instance();

  /// Makes the settings and binds them from `settings` (null: an empty map). Problems go to the
  /// context; false when there were any.
  bool bind(const config::Node* settings, const std::string& path, config::BindContext& context);
  /// With the settings as they were bound, or, without `bind`, at their defaults.
  [[nodiscard]] Failure construct();
  [[nodiscard]] Failure setup();
  [[nodiscard]] Failure start();
  [[nodiscard]] Failure retire();
  [[nodiscard]] Failure stop();

  /// What the file says of where it is, before it is constructed.
  void settle(std::string mount, config::Deployment deployment);

  [[nodiscard]] const std::string& name() const noexcept { return host_.plugin; }
  [[nodiscard]] const Library& library() const noexcept { return library_; }
  /// Connects that loop to every Redis that the plugin has.
  void call_up(redis::Lines& lines) const noexcept;
  /// The databases that it has asked for, in order of their names.
  [[nodiscard]] std::vector<sql::Store*> databases() const;
  /// Instead of `start`, for a command of a plugin: each database that is asked may be asked once
  /// this has been called for it.
  void lend_databases(const std::function<void(sql::Store&)>& prepare) {
    host_.lend_databases(prepare);
  }
  /// The place that it is about to make a rule for; empty when it has. On the control thread, as
  /// the rest.
  void stands_at(std::string_view place) const noexcept { host_.place = place; }
  [[nodiscard]] const Registrations& registrations() const noexcept { return registrations_; }
  /// May throw what the plugin's describe() throws; not after a `bind` without problems.
  [[nodiscard]] const detail::ObjectSchema& config_schema() const;
  /// The bound settings, of the type that `config_schema` describes; null before `bind`.
  [[nodiscard]] const void* settings() const noexcept { return settings_; }

 private:
  void make_settings();
  /// Throws where a database that it has tables in is not in the file.
  void find_databases();

  HostState host_;
  const Library& library_;
  const detail::SettingsType* settings_type_ = nullptr;
  void* settings_ = nullptr;
  Registrations registrations_;
  Plugin* plugin_ = nullptr;
};

}  // namespace portico::plugin

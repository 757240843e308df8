// SPDX-License-Identifier: Apache-2.0
#include "plugin/instance.h"

#include "base/guard.h"
#include "config/binder.h"
#include "config/settings.h"
#include "redis/lines.h"

#include <set>
#include <stdexcept>
#include <utility>

namespace portico::plugin {

Instance::Instance(std::string name, const Library& library, Process& process, Services& services,
                   Ticker& ticker, const Stores& stores, Liveness liveness)
    : host_(std::move(name), process, services, ticker, stores, liveness), library_(library) {}

Instance::~Instance() {
  // What it declared was made by it, and goes before it does.
  registrations_ = Registrations();
  if (plugin_ != nullptr) {
    const auto thrown = base::guarded([this] { library_.entry().destroy(plugin_); });
    if (thrown) host_.process.log.write(Level::Error, name(), "its destructor failed: " + *thrown);
  }
  if (settings_ != nullptr) settings_type_->destroy(settings_);
}

void Instance::settle(std::string mount, config::Deployment deployment) {
  host_.mount = std::move(mount);
  host_.in_development = deployment == config::Deployment::Development;
}

bool Instance::bind(const config::Node* settings, const std::string& path,
                    config::BindContext& context) {
  const config::Node empty = config::Node::map({}, {});
  const config::Node& node = settings == nullptr ? empty : *settings;
  bool bound = false;
  const auto thrown = base::guarded([&] {
    make_settings();
    const std::string flaw = config_schema().flaw();
    if (!flaw.empty()) throw std::logic_error(flaw);
    bound = config::bind_object(node, config_schema(), settings_, path, context);
  });
  if (thrown) {
    context.problems.error(node.mark(), path, "its description of settings failed: " + *thrown,
                           "this is a mistake in the plugin; tell its author");
  }
  return bound;
}

// May throw: constructors of settings and describe() are the plugin's.
void Instance::make_settings() {
  settings_type_ = library_.entry().config();
  settings_ = settings_type_->create();
}

Instance::Failure Instance::construct() {
  return base::guarded([this] {
    if (settings_ == nullptr) make_settings();
    plugin_ = library_.entry().create(settings_, host_);
    if (plugin_ == nullptr) throw std::logic_error("there is no object");
  });
}

Instance::Failure Instance::setup() {
  RegistrarState registrar(registrations_, name());
  Failure failure = base::guarded([&] { plugin_->setup(registrar); });
  if (!failure && !registrar.misuse.empty()) failure = registrar.misuse;
  if (!failure) failure = base::guarded([this] { find_databases(); });
  return failure;
}

void Instance::find_databases() {
  std::set<std::string, std::less<>> found;
  for (detail::MigrationsEntry& entry : registrations_.migrations) {
    entry.database = sql::Client::of(host_.sql(entry.database)).store().name;
    if (found.insert(entry.database).second) continue;
    throw std::logic_error("it has migrations for the database " + entry.database +
                           " twice; put them into one list");
  }
}

Instance::Failure Instance::start() {
  return base::guarded([this] {
    host_.wake();
    plugin_->start();
  });
}

Instance::Failure Instance::retire() {
  auto failure = base::guarded([this] { plugin_->retire(); });
  host_.fall_silent();
  return failure;
}

Instance::Failure Instance::stop() {
  host_.finish_jobs();
  return base::guarded([this] { plugin_->stop(); });
}

void Instance::call_up(redis::Lines& lines) const noexcept {
  for (const auto& [name, client] : host_.redis_clients) lines.call_up(client->store());
}

std::vector<sql::Store*> Instance::databases() const {
  std::vector<sql::Store*> stores;
  for (const auto& [name, client] : host_.sql_clients) stores.push_back(&client->store());
  return stores;
}

const detail::ObjectSchema& Instance::config_schema() const {
  return library_.entry().config()->schema();
}

}  // namespace portico::plugin

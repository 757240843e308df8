// SPDX-License-Identifier: Apache-2.0
#include "cli/run/status_page.h"

#include "base/json_writer.h"
#include "base/version.h"
#include "cli/route_listing.h"
#include "cli/run/plugin_pages.h"
#include "cli/run/pool_report.h"
#include "cli/run/redis_report.h"
#include "cli/run/sql_report.h"
#include "cli/run/upstream_report.h"
#include "config/origins.h"
#include <portico/api.h>

#include <unistd.h>

namespace portico::cli {
namespace {

using base::JsonWriter;

double seconds(std::chrono::duration<double> time) { return time.count(); }

void write_build(JsonWriter& json, const MetricSources& sources) {
  const std::string sdk = std::to_string(SdkMajor) + '.' + std::to_string(SdkMinor);
  json.key("build").begin_object().member("version", base::version());
  json.member("sdk", std::string_view(sdk)).member("compiler", base::compiler()).end_object();
  json.key("process").begin_object().member("pid", static_cast<std::int64_t>(::getpid()));
  json.member("started", seconds(sources.started));
  const auto report = sources.health.report();
  json.key("health").raw(report->json).end_object();
}

void write_configuration(JsonWriter& json, const MetricSources& sources,
                         const plugin::Edition& edition, std::size_t generations) {
  const ReloadRecord::State state = sources.reloads.state();
  json.key("configuration").begin_object().key("files").begin_array();
  for (const std::string& file : edition.document().files()) json.value(std::string_view(file));
  json.end_array().member("hash", std::string_view(state.hash));
  json.member("served_since", seconds(state.served_since));
  json.member("live_generations", generations);
  json.key("reloads").begin_object();
  json.member("succeeded", state.succeeded).member("refused", state.refused);
  json.member("last_refused", state.last_refused);
  json.member("last_duration", seconds(state.duration)).key("problems").begin_array();
  for (const std::string& problem : state.problems) json.value(std::string_view(problem));
  json.end_array().end_object().end_object();
}

void write_plugins(JsonWriter& json, const plugin::Generation& generation) {
  json.key("plugins").begin_array();
  for (const auto& instance : generation.instances()) {
    const plugin::Library& library = instance->library();
    json.begin_object().member("name", std::string_view(instance->name()));
    json.member("version", std::string_view(library.stamp().version()));
    json.member("summary", std::string_view(library.stamp().summary()));
    json.member("sdk", std::string_view(library.stamp().sdk()));
    json.member("file", std::string_view(library.path().native()));
    json.member("hash", std::string_view(library.hash()));
    json.member("upgrade_pending", library.upgrade_pending());
    write_plugin_state(json, *instance);
    json.end_object();
  }
  json.end_array();
}

void write_events(JsonWriter& json, const services::EventBus& events) {
  json.key("events").begin_array();
  for (const auto& happened : events.recent()) {
    json.begin_object().member("time", seconds(happened.time));
    json.member("name", std::string_view(happened.name));
    json.member("source", std::string_view(happened.source));
    json.key("data").raw(happened.data).end_object();
  }
  json.end_array();
}

void write_routes(JsonWriter& json, const plugin::Edition& edition) {
  json.key("routes").begin_array();
  for (const auto& entry : edition.site().table().entries()) {
    json.begin_object();
    write_route(json, edition, entry);
    json.end_object();
  }
  json.end_array();
}

void write_settings(JsonWriter& json, const plugin::Edition& edition) {
  const std::vector<std::string>& files = edition.document().files();
  const config::Node& root = edition.document().root();
  json.key("settings").begin_array();
  config::print_origins(detail::schema_of<config::Settings>(), &edition.settings(), &root, {},
                        files, json);
  const config::Node* const plugins = root.find("plugins");
  for (const auto& instance : edition.generation().instances()) {
    if (instance->settings() == nullptr) continue;
    const std::string path = "plugins." + instance->name();
    const config::Node* node = plugins == nullptr ? nullptr : plugins->find(instance->name());
    config::print_origins(instance->config_schema(), instance->settings(), node, path, files, json);
  }
  json.end_array();
}

}  // namespace

std::string status_page(const MetricSources& sources, const plugin::Edition& edition,
                        std::size_t generations) {
  std::string page;
  JsonWriter json(page, JsonWriter::Layout::Indented);
  json.begin_object();
  write_build(json, sources);
  write_configuration(json, sources, edition, generations);
  write_plugins(json, edition.generation());
  write_pools(json, {sources.workers, sources.crypto});
  write_upstreams(json, sources.upstreams);
  write_events(json, sources.events);
  write_redis(json, sources.redis);
  write_sql(json, sources.sql);
  write_routes(json, edition);
  write_settings(json, edition);
  json.end_object();
  page += '\n';
  return page;
}

}  // namespace portico::cli

// SPDX-License-Identifier: Apache-2.0
#include "config/schema_json.h"

#include "config/routes.h"
#include "config/schema_writer.h"
#include "config/settings.h"

namespace portico::config {
namespace {

using base::JsonWriter;

constexpr std::string_view Dialect = "https://json-schema.org/draft/2020-12/schema";

/// Every name that one of the plugins gives to a schema of its own.
PluginSchema::Schemas gather(std::span<const PluginSchema> plugins,
                             PluginSchema::Schemas PluginSchema::*kind) {
  PluginSchema::Schemas all;
  for (const PluginSchema& plugin : plugins) {
    all.insert((plugin.*kind).begin(), (plugin.*kind).end());
  }
  return all;
}

class FileSchemaWriter {
 public:
  FileSchemaWriter(JsonWriter& json, const FileSchemas& core, std::span<const PluginSchema> plugins)
      : json_(json),
        schema_(json, Notation::Yaml),
        core_(core),
        plugins_(plugins),
        middlewares_(gather(plugins, &PluginSchema::middlewares)),
        terminals_(gather(plugins, &PluginSchema::terminals)) {
    for (const std::string_view part : {"plugins", "use", "routes"}) schema_.refer_raw(part, part);
    schema_.reserve("route");
  }

  void write() {
    json_.begin_object();
    json_.member("$schema", Dialect).member("$id", "urn:portico:configuration");
    json_.member("title", "Portico configuration");
    schema_.merged({&core_.settings}, "");
    json_.key("$defs").begin_object();
    write_plugins();
    write_use();
    write_routes();
    schema_.definitions();
    json_.end_object().end_object();
  }

 private:
  void write_plugins() {
    json_.key("plugins").begin_object();
    json_.member("description", "What is loaded, with its settings.");
    write_type("object");
    json_.key("properties").begin_object();
    for (const PluginSchema& plugin : plugins_) {
      if (plugin.config != nullptr) write_plugin(plugin);
    }
    json_.end_object();
    // One that this program does not know lies elsewhere, so the file must say where.
    json_.key("additionalProperties").begin_object().member("type", "object");
    json_.key("required").begin_array().value("file").end_array();
    json_.end_object().end_object();
  }

  void write_plugin(const PluginSchema& plugin) {
    json_.key(plugin.name).begin_object();
    schema_.merged({&core_.plugin_keys, plugin.config}, "plugins." + plugin.name);
    json_.end_object();
  }

  void write_use() {
    json_.key("use").begin_object();
    json_.member("description", "Middlewares, outermost first.");
    write_type("array");
    json_.key("items").begin_object().key("anyOf").begin_array();
    json_.begin_object().key("enum").begin_array();
    for (const auto& [name, settings] : middlewares_) json_.value(name);
    json_.end_array().end_object();
    for (const auto& [name, settings] : middlewares_) write_use_entry(name, *settings);
    json_.end_array().end_object().end_object();
  }

  void write_use_entry(const std::string& name, const detail::ObjectSchema& settings) {
    json_.begin_object();
    schema_.merged({&core_.use_siblings}, "use", [&] {
      json_.key(name).begin_object();
      schema_.reference(settings, "use." + name);
      json_.end_object();
    });
    json_.key("required").begin_array().value(name).end_array();
    json_.end_object();
  }

  /// Null is an empty one here as everywhere.
  void write_type(std::string_view type) {
    json_.key("type").begin_array().value(type).value("null").end_array();
  }

  void write_routes() {
    json_.key("routes").begin_object();
    write_type("array");
    json_.key("items").begin_object();
    schema_.reference("route");
    json_.end_object().end_object();

    json_.key("route").begin_object();
    schema_.merged({&core_.route_keys}, "routes", [this] {
      for (const auto& [key, settings] : terminals_) {
        json_.key(key).begin_object();
        schema_.reference(*settings, "routes." + key);
        json_.end_object();
      }
    });
    json_.key("oneOf").begin_array();
    for (const auto& [key, settings] : terminals_) write_requirement(key);
    write_requirement("routes");
    json_.end_array().end_object();
  }

  /// One of the keys of which a route has exactly one.
  void write_requirement(std::string_view key) {
    json_.begin_object().key("required").begin_array().value(key).end_array().end_object();
  }

  JsonWriter& json_;
  SchemaWriter schema_;
  const FileSchemas& core_;
  std::span<const PluginSchema> plugins_;
  PluginSchema::Schemas middlewares_;
  PluginSchema::Schemas terminals_;
};

}  // namespace

FileSchemas FileSchemas::of_core() {
  return {detail::schema_of<Settings>(), detail::schema_of<PluginKeys>(),
          detail::schema_of<UseSiblings>(), detail::schema_of<RouteKeys>()};
}

std::string file_schema(const FileSchemas& core, std::span<const PluginSchema> plugins) {
  std::string text;
  JsonWriter json(text, JsonWriter::Layout::Indented);
  FileSchemaWriter(json, core, plugins).write();
  text += '\n';
  return text;
}

std::string object_schema(const detail::ObjectSchema& schema, Notation notation) {
  std::string text;
  JsonWriter json(text, JsonWriter::Layout::Indented);
  SchemaWriter writer(json, notation);
  json.begin_object().member("$schema", Dialect);
  writer.object(schema, "");
  json.key("$defs").begin_object();
  writer.definitions();
  json.end_object().end_object();
  text += '\n';
  return text;
}

}  // namespace portico::config

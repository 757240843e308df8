// SPDX-License-Identifier: Apache-2.0
#include "unit/config/settings_text.h"

#include "base/json_writer.h"
#include "config/dump.h"

#include <rapidjson/document.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

namespace portico::config {
namespace {

using base::JsonWriter;

void write(const Node& node, JsonWriter& writer) {
  if (node.is_null()) {
    writer.null();
  } else if (node.is_scalar()) {
    writer.value(node.text());
  } else if (node.is_list()) {
    writer.begin_array();
    for (const Node& item : node.items()) write(item, writer);
    writer.end_array();
  } else {
    writer.begin_object();
    for (const auto& [key, value] : node.entries()) {
      writer.key(key.text());
      write(value, writer);
    }
    writer.end_object();
  }
}

void write(const Match& match, JsonWriter& writer) {
  writer.begin_object();
  const auto list = [&](std::string_view key, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    writer.key(key).begin_array();
    for (const std::string& text : texts) writer.value(text);
    writer.end_array();
  };
  const auto map = [&](std::string_view key, const std::map<std::string, std::string>& texts) {
    if (texts.empty()) return;
    writer.key(key).begin_object();
    for (const auto& [name, text] : texts) writer.member(name, text);
    writer.end_object();
  };
  list("host", match.host);
  if (!match.path.empty()) writer.member("path", match.path);
  list("methods", match.methods);
  map("headers", match.headers);
  map("query", match.query);
  writer.end_object();
}

void write(const std::vector<UseEntry>& uses, JsonWriter& writer) {
  writer.begin_array();
  for (const UseEntry& use : uses) {
    writer.begin_object().member("name", use.name).member("at", use.path);
    if (use.settings != nullptr) write(*use.settings, writer.key("settings"));
    if (use.mode == Mode::Shadow) writer.member("mode", "shadow");
    if (use.when) write(*use.when, writer.key("when"));
    writer.end_object();
  }
  writer.end_array();
}

void write(const PluginEntry& plugin, JsonWriter& writer) {
  writer.begin_object().member("name", plugin.name);
  if (plugin.file) writer.member("file", *plugin.file);
  writer.member("mount", plugin.mount);
  if (!plugin.use.empty()) write(plugin.use, writer.key("use"));
  write(*plugin.settings, writer.key("settings"));
  writer.end_object();
}

void write(const RouteEntry& route, JsonWriter& writer) {
  writer.begin_object().member("at", route.path);
  write(route.match, writer.key("match"));
  if (!route.use.empty()) write(route.use, writer.key("use"));
  if (!route.skip.empty()) {
    writer.key("skip").begin_array();
    for (const std::string& name : route.skip) writer.value(name);
    writer.end_array();
  }
  if (route.timeouts.total) print(route.timeouts, writer.key("timeouts"));
  if (route.limits.body_bytes) print(route.limits, writer.key("limits"));
  write(*route.terminal_settings, writer.key(route.terminal));
  writer.end_object();
}

using Json = rapidjson::Value;

/// Removes the members of `value` that `usual` has alike.
void drop_usual(Json& value, const Json& usual) {
  for (auto member = value.MemberBegin(); member != value.MemberEnd();) {
    const auto other = usual.FindMember(member->name);
    if (other != usual.MemberEnd() && other->value == member->value) {
      member = value.EraseMember(member);
      continue;
    }
    if (other != usual.MemberEnd() && member->value.IsObject() && other->value.IsObject()) {
      drop_usual(member->value, other->value);
    }
    ++member;
  }
}

rapidjson::Document as_json(const detail::ObjectSchema& schema, const void* object) {
  std::string text;
  JsonWriter writer(text);
  print(schema, object, writer);
  rapidjson::Document json;
  json.Parse(text.c_str());
  return json;
}

rapidjson::Document unusual(const detail::ObjectSchema& schema, const void* object) {
  rapidjson::Document all = as_json(schema, object);
  drop_usual(all, as_json(schema, schema.defaults()));
  return all;
}

std::string pretty(const rapidjson::Document& json) {
  rapidjson::StringBuffer out;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(out);
  writer.SetIndent(' ', 2);
  writer.SetFormatOptions(rapidjson::kFormatSingleLineArray);
  json.Accept(writer);
  return out.GetString();
}

}  // namespace

std::string settings_text(const Settings& settings) {
  rapidjson::Document all = unusual(detail::schema_of<Settings>(), &settings);
  const auto add = [&all](const char* name, const auto& entries) {
    if (entries.empty()) return;
    std::string text;
    JsonWriter writer(text);
    if constexpr (requires { write(entries, writer); }) {
      write(entries, writer);
    } else {
      writer.begin_array();
      for (const auto& entry : entries) write(entry, writer);
      writer.end_array();
    }
    rapidjson::Document part(&all.GetAllocator());
    part.Parse(text.c_str());
    all.AddMember(rapidjson::StringRef(name), part, all.GetAllocator());
  };
  add("plugins", settings.plugins);
  add("use", settings.use);
  add("routes", settings.routes);
  return pretty(all);
}

std::string settings_text(const detail::ObjectSchema& schema, const void* object) {
  return pretty(unusual(schema, object));
}

}  // namespace portico::config

// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "config/binder.h"
#include "config/match_check.h"
#include "config/route_reader.h"

#include <algorithm>
#include <array>
#include <memory>

namespace portico::config {

namespace {

constexpr std::array<std::string_view, 3> CoreKeys{"file", "mount", "use"};

bool is_core_key(std::string_view key) noexcept {
  return std::ranges::find(CoreKeys, key) != CoreKeys.end();
}

bool is_plugin_name(std::string_view name) noexcept {
  return !name.empty() && name[0] >= 'a' && name[0] <= 'z' && name.size() <= 64 &&
         std::ranges::all_of(
             name, [](char c) { return (c >= 'a' && c <= 'z') || base::is_digit(c) || c == '_'; });
}

bool check_name(const Node& key, const std::string& path, Problems& problems) {
  if (!is_plugin_name(key.text())) {
    problems.error(key.mark(), path, "not the name of a plugin",
                   "a name has small letters, digits and _, and begins with a letter");
    return false;
  }
  if (key.text() == "when" || key.text() == "mode") {
    problems.error(key.mark(), path, "a plugin cannot have this name",
                   "`when` and `mode` have a meaning in `use`");
    return false;
  }
  return true;
}

/// Why the plugin's routes cannot live under this path, as a sentence; empty: they can.
std::string objection_to_mount(std::string_view mount) {
  const auto pattern = check_path_pattern(mount);
  if (!pattern) return pattern.error();
  if (mount.find_first_of("{}*") != mount.npos) return "a mount is a plain path, without variables";
  if (mount.size() > 1 && mount.ends_with('/'))
    return "a mount has no `/` at its end; leave it out";
  return {};
}

/// The plugin's part of its settings.
const Node* without_core_keys(const Node& node, base::Arena& arena) {
  if (!node.is_map()) return arena.make<Node>(node);
  const auto all = node.entries();
  auto* entries = arena.array<Node::Entry>(all.size());
  Node::Entry* end = entries;
  for (const Node::Entry& entry : all) {
    if (!is_core_key(entry.key.text())) std::construct_at(end++, entry);
  }
  return arena.make<Node>(Node::map(node.mark(), {entries, end}));
}

PluginKeys read_keys(const Node& node, const std::string& path, Problems& problems) {
  std::vector<Node::Entry> own;
  for (const Node::Entry& entry : node.entries()) {
    if (is_core_key(entry.key.text())) own.push_back(entry);
  }
  PluginKeys keys;
  BindContext context{problems};
  if (!config::bind(Node::map(node.mark(), own), keys, path, context)) keys = {};
  keys.use = node.find("use");  // Of the tree; the one that was bound goes away.
  return keys;
}

PluginEntry read_plugin(const Node::Entry& source, base::Arena& arena, Problems& problems) {
  PluginEntry plugin;
  plugin.name = source.key.text();
  plugin.mark = source.key.mark();
  const std::string path = plugin.path();
  PluginKeys keys = read_keys(source.value, path, problems);
  if (keys.mount) {
    const std::string why = objection_to_mount(*keys.mount);
    if (!why.empty()) {
      add_sentence(source.value.find("mount")->mark(), path + ".mount", why, problems);
      keys.mount.reset();
    }
  }
  plugin.file = std::move(keys.file);
  plugin.mount = keys.mount.value_or("/" + plugin.name);
  plugin.use = read_uses(keys.use, path + ".use", problems);
  name_homes(plugin.use, path);
  plugin.settings = without_core_keys(source.value, arena);
  return plugin;
}

}  // namespace

std::string PluginEntry::path() const { return child_path("plugins", name); }

std::vector<PluginEntry> read_plugins(const Node* node, base::Arena& arena, Problems& problems) {
  std::vector<PluginEntry> plugins;
  if (node == nullptr || node->is_null()) return plugins;
  if (!node->is_map()) {
    problems.error(node->mark(), "plugins",
                   "expected a map of plugins, found " + std::string(noun(node->kind())),
                   "write `NAME: {}` for each");
    return plugins;
  }
  for (const Node::Entry& entry : node->entries()) {
    if (!check_name(entry.key, child_path("plugins", entry.key.text()), problems)) continue;
    plugins.push_back(read_plugin(entry, arena, problems));
  }
  return plugins;
}

}  // namespace portico::config

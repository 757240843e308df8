// SPDX-License-Identifier: Apache-2.0
#include "config/binder.h"
#include "config/match_check.h"
#include "config/route_reader.h"

#include <algorithm>

namespace portico::config {

namespace {

bool is_sibling(std::string_view key) noexcept { return key == "when" || key == "mode"; }

/// Binds `when` and `mode`.
bool read_siblings(const Node& node, UseEntry& use, Problems& problems) {
  bool good = true;
  std::vector<Node::Entry> bound;
  for (const Node::Entry& entry : node.entries()) {
    if (entry.key.text() == "mode") bound.push_back(entry);
    if (entry.key.text() != "when" || entry.value.is_null()) continue;
    good &= read_match(entry.value, use.when.emplace(), use.path + ".when", problems);
  }
  UseSiblings siblings;
  BindContext context{problems};
  good &= config::bind(Node::map(node.mark(), bound), siblings, use.path, context);
  use.mode = siblings.mode;
  return good;
}

bool read_map(const Node& node, UseEntry& use, Problems& problems) {
  const Node::Entry* plugin = nullptr;
  for (const Node::Entry& entry : node.entries()) {
    if (is_sibling(entry.key.text())) continue;
    if (plugin != nullptr) {
      problems.error(entry.key.mark(), child_path(use.path, entry.key.text()),
                     "one entry names one plugin, and this names " +
                         std::string(plugin->key.text()) + " already",
                     "begin a new entry with `-`; beside a plugin stand `when` and `mode` alone");
      return false;
    }
    plugin = &entry;
  }
  if (plugin == nullptr || plugin->key.text().empty()) {
    problems.error(node.mark(), use.path, "no plugin is named",
                   "write `- NAME` or `- NAME: {...}`");
    return false;
  }
  use.name = plugin->key.text();
  use.mark = plugin->key.mark();
  use.settings = &plugin->value;
  return read_siblings(node, use, problems);
}

bool read_use(const Node& node, UseEntry& use, Problems& problems) {
  use.mark = node.mark();
  if (node.is_map()) return read_map(node, use, problems);
  if (!node.is_scalar() || node.text().empty()) {
    problems.error(node.mark(), use.path, "no plugin is named",
                   "write `- NAME` or `- NAME: {...}`");
    return false;
  }
  use.name = node.text();
  return true;
}

}  // namespace

std::vector<UseEntry> read_uses(const Node* node, const std::string& path, Problems& problems) {
  std::vector<UseEntry> uses;
  if (node == nullptr || node->is_null()) return uses;
  if (!node->is_list()) {
    problems.error(node->mark(), path, "expected a list, found " + std::string(noun(node->kind())),
                   "write `use: [NAME, ...]`");
    return uses;
  }
  if (node->items().size() > RouteReaderLimits::MostUses) {
    problems.error(node->mark(), path, "more than 64 places in one chain", "use fewer");
    return uses;
  }
  for (const Node& item : node->items()) {
    UseEntry use;
    use.path = item_path(path, static_cast<std::size_t>(&item - node->items().data()));
    if (read_use(item, use, problems)) uses.push_back(std::move(use));
  }
  return uses;
}

void name_homes(std::span<UseEntry> uses, std::string_view owner) {
  for (auto use = uses.begin(); use != uses.end(); ++use) {
    const auto before = std::ranges::count(uses.begin(), use, use->name, &UseEntry::name);
    use->home = owner;
    if (before > 0) use->home += '#' + std::to_string(before + 1);
  }
}

}  // namespace portico::config

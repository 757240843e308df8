// SPDX-License-Identifier: Apache-2.0
#include "config/settings.h"

#include "config/binder.h"
#include "config/route_reader.h"
#include "config/settings_check.h"

#include <memory>

namespace portico::config {

namespace {

/// The root with a single `include` as a list, which is what it means.
Node normalised(const Node& root, base::Arena& arena) {
  const Node::Entry* include = root.find_entry("include");
  if (include == nullptr || !include->value.is_scalar()) return root;
  const auto all = root.entries();
  auto* entries = arena.array<Node::Entry>(all.size());
  std::uninitialized_copy(all.begin(), all.end(), entries);
  entries[include - all.data()].value = Node::list(include->value.mark(), {&include->value, 1});
  return Node::map(root.mark(), {entries, all.size()});
}

}  // namespace

std::optional<Loaded> load_settings(const std::string& path, const Environment& environment,
                                    Problems& problems) {
  return bind_settings(Document::load(path, environment, problems), problems);
}

std::optional<Loaded> bind_settings(std::unique_ptr<Document> document, Problems& problems) {
  if (document == nullptr) return std::nullopt;
  Loaded loaded;
  Settings& settings = loaded.settings;
  BindContext context{problems};
  const Node& root = *document->arena().make<Node>(normalised(document->root(), document->arena()));
  // Values that were not bound would be complained about a second time.
  if (config::bind(root, settings, {}, context)) check_settings(root, settings, problems);
  settings.plugins = read_plugins(settings.plugins_node, document->arena(), problems);
  settings.use = read_uses(settings.use_node, "use", problems);
  settings.routes = RouteReader(settings.use, problems).read(settings.routes_node);
  if (problems.any_error()) return std::nullopt;
  loaded.document = std::move(document);
  return loaded;
}

}  // namespace portico::config

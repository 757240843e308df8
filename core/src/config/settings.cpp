// SPDX-License-Identifier: Apache-2.0
#include "config/settings.h"

#include "config/binder.h"
#include "config/route_reader.h"
#include "config/settings_check.h"

namespace portico::config {

std::optional<Loaded> load_settings(const std::string& path, const Environment& environment,
                                    Problems& problems) {
  return bind_settings(Document::load(path, environment, problems), problems);
}

std::optional<Loaded> bind_settings(std::unique_ptr<Document> document, Problems& problems) {
  if (document == nullptr) return std::nullopt;
  Loaded loaded;
  Settings& settings = loaded.settings;
  BindContext context{problems};
  const Node& root = document->root();
  config::bind(root, settings, {}, context);
  check_settings(root, settings, problems);
  settings.plugins = read_plugins(settings.plugins_node, document->arena(), problems);
  settings.use = read_uses(settings.use_node, "use", problems);
  name_homes(settings.use, "use");
  settings.routes = RouteReader(settings.use, problems).read(settings.routes_node);
  loaded.document = std::move(document);
  return loaded;
}

}  // namespace portico::config

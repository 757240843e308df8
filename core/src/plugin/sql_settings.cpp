// SPDX-License-Identifier: Apache-2.0
#include "plugin/sql_settings.h"

#include "plugin/store_name.h"

#include <vector>

namespace portico::plugin {
namespace {

constexpr StoreKind Kind{.section = "databases",
                         .one = "a database",
                         .own = "its database",
                         .usual = "main",
                         .url = "sqlite:/var/lib/portico/portico.db"};

}  // namespace

SqlSettings::SqlSettings() : any_(true) { databases_["any"]; }

SqlSettings::SqlSettings(const config::Settings& settings)
    : databases_(settings.databases.begin(), settings.databases.end()),
      name_servers_(settings.resolvers) {}

SqlSettings::Found SqlSettings::find(std::string_view name) const {
  if (any_) return {databases_.begin()->first, {}};
  std::vector<std::string_view> names;
  for (const auto& [each, settings] : databases_) names.push_back(each);
  const auto& [found, settings] = *databases_.find(find_store_name(Kind, names, name));
  return {found, sql::options_of(settings, name_servers_)};
}

}  // namespace portico::plugin

// SPDX-License-Identifier: Apache-2.0
#include "plugin/redis_settings.h"

#include "plugin/store_name.h"

#include <vector>

namespace portico::plugin {
namespace {

constexpr StoreKind Kind{.section = "redis",
                         .one = "a Redis",
                         .own = "its Redis",
                         .usual = "shared",
                         .url = "redis://127.0.0.1:6379/0"};

}  // namespace

RedisSettings::RedisSettings() : any_(true) { stores_.emplace("any", redis::Options{}); }

RedisSettings::RedisSettings(const config::Settings& settings) {
  for (const auto& [name, store] : settings.redis) {
    stores_.emplace(name, redis::options_of(store, settings.resolvers));
  }
}

const RedisSettings::Stores::value_type& RedisSettings::find(std::string_view name) const {
  if (any_) return *stores_.begin();
  std::vector<std::string_view> names;
  for (const auto& [each, options] : stores_) names.push_back(each);
  return *stores_.find(find_store_name(Kind, names, name));
}

}  // namespace portico::plugin

// SPDX-License-Identifier: Apache-2.0
#include "plugin/redis_settings.h"

#include "base/text.h"

#include <stdexcept>
#include <vector>

namespace portico::plugin {
namespace {

[[nodiscard]] std::string what_to_write(std::string_view name) {
  return "write `redis: {" + std::string(name) + R"(: {url: "redis://127.0.0.1:6379/0"}}`)";
}

}  // namespace

RedisSettings::RedisSettings() : any_(true) { stores_.emplace("any", redis::Options{}); }

RedisSettings::RedisSettings(const config::Settings& settings) {
  for (const auto& [name, store] : settings.redis) {
    stores_.emplace(name, redis::options_of(store, settings.resolvers));
  }
}

const RedisSettings::Stores::value_type& RedisSettings::find(std::string_view name) const {
  if (any_ || (name.empty() && stores_.size() == 1)) return *stores_.begin();
  if (const auto found = stores_.find(name); found != stores_.end()) return *found;
  if (stores_.empty()) {
    throw std::runtime_error("it needs a Redis, and the file has none; " +
                             what_to_write(name.empty() ? "shared" : name));
  }
  std::vector<std::string_view> names;
  std::string all;
  for (const auto& [each, options] : stores_) {
    names.push_back(each);
    all += (all.empty() ? "" : ", ") + each;
  }
  if (name.empty()) {
    throw std::runtime_error("it must name its Redis, for the file has several: " + all);
  }
  const std::string what = "there is no redis." + std::string(name) + " in the file; ";
  const std::string_view meant = base::closest(name, names);
  if (!meant.empty()) throw std::runtime_error(what + "did you mean " + std::string(meant) + "?");
  throw std::runtime_error(what + "it has " + all + "; or " + what_to_write(name));
}

}  // namespace portico::plugin

// SPDX-License-Identifier: Apache-2.0
// Databases and Redis stores: what their URLs may be, and what goes together.
#include "base/text.h"
#include "config/settings_check.h"
#include "config/settings_places.h"

#include <algorithm>

namespace portico::config {

namespace {

class StoreCheck {
 public:
  StoreCheck(const SettingsPlaces& places, const Settings& settings)
      : places_(places), settings_(settings) {}

  void databases();
  void redis();

 private:
  void database(const std::string& name, const Database& database);
  void check_store_name(const Node& stores, const std::string& name, std::string_view path);

  const SettingsPlaces& places_;
  const Settings& settings_;
};

void StoreCheck::check_store_name(const Node& stores, const std::string& name,
                                  std::string_view path) {
  const bool good = !name.empty() && base::is_letter(name[0]) && name.size() <= 64 &&
                    std::ranges::all_of(name, [](char c) {
                      return base::is_letter(c) || base::is_digit(c) || c == '_' || c == '-';
                    });
  if (good) return;
  const Node::Entry* entry = stores.find_entry(name);
  places_.error(entry == nullptr ? stores.mark() : entry->key.mark(), child_path(path, name),
                "not a good name", "a name has letters, digits, _ and -, and begins with a letter");
}

void StoreCheck::databases() {
  for (const auto& [name, one] : settings_.databases) {
    check_store_name(places_.at({"databases"}), name, "databases");
    database(name, one);
  }
}

void StoreCheck::database(const std::string& name, const Database& database) {
  const std::string path = child_path("databases", name);
  const auto mark = [&](std::string_view key) {
    return places_.at({"databases", name, key}).mark();
  };
  const bool postgresql = database.url.scheme == "postgresql";
  if (!postgresql && database.url.scheme != "sqlite") {
    places_.error(mark("url"), path + ".url", "a database is `sqlite:` or `postgresql://`");
    return;
  }
  if (!postgresql && !database.password.empty()) {
    places_.error(mark("password"), path + ".password", "SQLite has no password", "remove it");
  }
  if (postgresql && !database.password.empty() && !database.url.password.empty()) {
    places_.error(mark("password"), path + ".password", "`url` holds a password too",
                  "keep this one");
  }
  if (!postgresql && !database.read_urls.empty()) {
    places_.error(mark("read_urls"), path + ".read_urls", "replicas are for PostgreSQL alone",
                  "remove it");
    return;
  }
  for (std::size_t index = 0; index < database.read_urls.size(); ++index) {
    if (database.read_urls[index].scheme == "postgresql") continue;
    places_.error(places_.at({"databases", name, "read_urls"}).item(index).mark(),
                  item_path(path + ".read_urls", index), "a replica is `postgresql://`");
  }
}

void StoreCheck::redis() {
  const Node& stores = places_.at({"redis"});
  for (const auto& [name, store] : settings_.redis) {
    check_store_name(stores, name, "redis");
    const std::string& scheme = store.url.scheme;
    if (scheme == "redis" || scheme == "rediss" || scheme == "unix") continue;
    places_.error(places_.at({"redis", name, "url"}).mark(),
                  child_path(child_path("redis", name), "url"),
                  "a Redis is `redis://`, `rediss://` or `unix:`");
  }
  const auto main = settings_.databases.find("main");
  if (settings_.redis.empty() || main == settings_.databases.end()) return;
  if (main->second.url.scheme != "sqlite") return;
  places_.warning(stores.mark(), "redis",
                  "Redis joins several nodes, and databases.main is a SQLite of this one alone",
                  "use PostgreSQL with more than one node");
}

}  // namespace

void check_stores(const SettingsPlaces& places, const Settings& settings) {
  StoreCheck check(places, settings);
  check.databases();
  check.redis();
}

}  // namespace portico::config

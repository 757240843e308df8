// SPDX-License-Identifier: Apache-2.0
// Databases and Redis stores: what their URLs may be, and what goes together.
#include "base/text.h"
#include "config/settings_check.h"
#include "config/settings_places.h"

#include <algorithm>
#include <utility>

namespace portico::config {

namespace {

/// One that its protocol can name; how many there are is the Redis's setting.
[[nodiscard]] bool is_database_number(std::string_view text) noexcept {
  return text.size() <= 5 && std::ranges::all_of(text, base::is_digit);
}

class StoreCheck {
 public:
  StoreCheck(const SettingsPlaces& places, const Settings& settings)
      : places_(places), settings_(settings) {}

  void databases();
  void redis();

 private:
  void database(const std::string& name, const Database& database);
  void redis(const std::string& name, const RedisStore& store);
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

void StoreCheck::redis(const std::string& name, const RedisStore& store) {
  const Url& url = store.url;
  const auto fault = [&](std::string_view key, std::string_view what, std::string_view remedy) {
    places_.error(places_.at({"redis", name, key}).mark(),
                  child_path(child_path("redis", name), key), what, remedy);
  };
  if (url.scheme != "redis" && url.scheme != "rediss" && url.scheme != "unix") {
    return fault("url", "a Redis is `redis://`, `rediss://` or `unix:`", {});
  }
  const bool has_path = url.scheme != "unix" && url.path.size() > 1;
  if (has_path && !is_database_number(std::string_view(url.path).substr(1))) {
    fault("url", "what follows the host is no database's number", "write one such as /0");
  }
  if (has_path && store.database != 0) fault("database", "`url` names one too", "keep this one");
  if (!store.user.empty() && !url.user.empty()) {
    fault("user", "`url` names one too", "keep this one");
  }
  if (!store.password.empty() && !url.password.empty()) {
    fault("password", "`url` holds a password too", "keep this one");
  }
  const bool has_user = !store.user.empty() || !url.user.empty();
  if (has_user && store.password.empty() && url.password.empty()) {
    fault(url.user.empty() ? "user" : "url", "a user needs a password", "add `password`");
  }
  if (url.scheme != "rediss") {
    for (const auto& [key, file] :
         {std::pair{"ca", &store.ca}, std::pair{"certificate", &store.certificate},
          std::pair{"key", &store.key}}) {
      if (!file->empty()) fault(key, "it is for `rediss://` alone", "remove it");
    }
  } else if (store.certificate.empty() != store.key.empty()) {
    fault(store.key.empty() ? "certificate" : "key", "a certificate and its key go together",
          "add the other one");
  }
}

void StoreCheck::redis() {
  const Node& stores = places_.at({"redis"});
  for (const auto& [name, store] : settings_.redis) {
    check_store_name(stores, name, "redis");
    redis(name, store);
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

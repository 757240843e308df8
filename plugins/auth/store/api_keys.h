// SPDX-License-Identifier: Apache-2.0
// The table of API keys: of each a digest, never the key. Any thread that may block; what throws is
// SqlError.
#pragma once

#include "shared/time.h"
#include "store/digest.h"
#include <portico/sql.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::auth {

struct ApiKey {
  std::string id;
  std::string owner;
  std::string name;
  std::string prefix;  ///< How it begins, for people to know it by.
  std::vector<std::string> scopes;
  Time created{0};
  Time expires{0};
  std::optional<Time> used;
  std::optional<Time> revoked;
  bool rotated = false;  ///< Another one has its place, and it ends soon.

  [[nodiscard]] bool live(Time now) const noexcept { return !revoked && expires > now; }
};

struct NewApiKey {
  std::string_view id;
  std::string_view owner;
  std::string_view name;
  std::string_view prefix;
  Digest digest{};
  std::vector<std::string> scopes;
  Time expires{0};
};

namespace api_keys {

void add(Transaction& db, const NewApiKey& key, Time now);
/// Also one that does not live.
[[nodiscard]] std::optional<ApiKey> find(Reader& db, const Digest& digest);
/// Of that owner.
[[nodiscard]] std::optional<ApiKey> find(Reader& db, std::string_view owner, std::string_view id);
/// Those that live, the oldest first.
[[nodiscard]] std::vector<ApiKey> list(Reader& db, std::string_view owner, Time now);

void rename(Transaction& db, std::string_view id, std::string_view name);
/// False where that owner has no such key that lives.
bool revoke(Transaction& db, std::string_view owner, std::string_view id, Time now);
/// Another one takes its place; it ends then, at the latest.
void give_way(Transaction& db, const ApiKey& key, std::string_view to, Time end);
void note_use(Transaction& db, std::string_view id, Time now);

struct RevokedKey {
  std::string id;
  Time at;
};
[[nodiscard]] std::vector<RevokedKey> revoked_since(Reader& db, Time since);
/// Deletes at most so many that ended before then; returns how many.
std::size_t purge(Transaction& db, Time ended_before, std::size_t most);

}  // namespace api_keys
}  // namespace portico::auth

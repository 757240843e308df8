// SPDX-License-Identifier: Apache-2.0
// Where a database and its replicas are, who we are there, and how long we wait.
#pragma once

#include "config/settings.h"
#include <portico/sql.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace portico::sql {

using Engine = Sql::Engine;

/// One database that sessions are opened to.
struct Place {
  Engine engine = Engine::Sqlite;
  std::string path;  ///< Of a SQLite file.
  std::string host;  ///< A name, an address or the folder of a socket.
  std::uint16_t port = 0;
  std::string user;
  std::string password;
  std::string database;
  /// The rest of the URL, by libpq's words: {"sslmode", "verify-full"}.
  std::vector<std::pair<std::string, std::string>> parameters;
  std::vector<std::string> name_servers;  ///< None: as the system resolves.

  friend bool operator==(const Place&, const Place&) = default;
};

struct Timing {
  std::chrono::milliseconds connect{3'000};
  std::chrono::milliseconds place{5'000};  ///< In the queue for a session.
  std::chrono::milliseconds statement{10'000};
  std::chrono::milliseconds first_pause{50};  ///< Before a database that is away is tried again,
  std::chrono::milliseconds longest_pause{1'000};  ///< doubled each time up to this.
  std::chrono::milliseconds idle{30'000};          ///< After which a session is tried before use.
  std::chrono::milliseconds life{1'800'000};       ///< Of a session.
  std::chrono::milliseconds slow{500};             ///< What takes longer is logged.

  friend bool operator==(const Timing&, const Timing&) = default;
};

struct Options {
  Place main;
  std::vector<Place> replicas;
  std::size_t most_sessions = 8;  ///< To each place for reading, and to the main one for writing.
  bool required = false;
  Timing timing;

  friend bool operator==(const Options&, const Options&) = default;
};

[[nodiscard]] Options options_of(const config::Database& settings,
                                 const std::vector<std::string>& name_servers);

}  // namespace portico::sql

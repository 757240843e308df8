// SPDX-License-Identifier: Apache-2.0
// A real PostgreSQL of a test's own.
#pragma once

#include "unit/temporary_folder.h"

#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

namespace portico::test {

/// How one is reached by TCP.
struct PostgresNetwork {
  std::string certificate;  ///< PEM
  std::string key;
  std::string access;  ///< Lines of pg_hba.conf.
};

class PostgresServer {
 public:
  /// Returns when it accepts connections. Throws where it does not come up.
  PostgresServer();
  /// Listens on 127.0.0.1 too.
  explicit PostgresServer(const PostgresNetwork& network);
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  ~PostgresServer();

  void start();
  /// At once, as when its machine fails.
  void kill();
  /// "postgresql://tester@localhost/postgres?host=..."
  [[nodiscard]] std::string url(const std::string& user = "tester") const;
  /// Of the network.
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

 private:
  void wait_until_ready(int output);

  TemporaryFolder folder_;
  std::uint16_t port_ = 0;
  std::vector<std::string> options_;
  pid_t process_ = -1;
  std::thread reader_;
};

}  // namespace portico::test

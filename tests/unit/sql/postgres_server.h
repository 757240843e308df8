// SPDX-License-Identifier: Apache-2.0
// A real PostgreSQL of a test's own.
#pragma once

#include "unit/temporary_folder.h"

#include <string>
#include <thread>

#include <sys/types.h>

namespace portico::test {

class PostgresServer {
 public:
  /// Returns when it accepts connections. Throws where it does not come up.
  PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  ~PostgresServer();

  void start();
  /// At once, as when its machine fails.
  void kill();
  /// "postgresql://tester@localhost/postgres?host=..."
  [[nodiscard]] std::string url(const std::string& user = "tester") const;

 private:
  void wait_until_ready(int output);

  TemporaryFolder folder_;
  pid_t process_ = -1;
  std::thread reader_;
};

}  // namespace portico::test

// SPDX-License-Identifier: Apache-2.0
// Each session made sure that the file of its database was there, by opening and closing it. By
// POSIX's rules that gave up every lock that the process had on the file: those of the sessions
// beside it. A command of an operator, in a process of its own, then took the database for one that
// nobody used, and removed the log that the gateway was writing to. The gateway's next session
// failed with "disk I/O error"; what the log held could have been lost.
#include "sql/session.h"
#include "unit/temporary_folder.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace portico::sql {
namespace {

/// Where SQLite keeps the shared lock of each connection to a file.
constexpr ::off_t SharedBytes = 0x40000002;
constexpr ::off_t SharedSize = 510;

/// Whether somebody's lock would keep another process from having the file for itself. The lock of
/// an open file is not the process's own, so it sees those.
bool in_use(const std::string& path) {
  struct flock wanted {};
  wanted.l_type = F_WRLCK;
  wanted.l_whence = SEEK_SET;
  wanted.l_start = SharedBytes;
  wanted.l_len = SharedSize;
  // Never closed: that would give up the very locks.
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  EXPECT_EQ(::fcntl(descriptor, F_OFD_GETLK, &wanted), 0);
  return wanted.l_type != F_UNLCK;
}

TEST(SqliteLocks, StayWhenAnotherSessionIsOpened) {
  const test::TemporaryFolder folder;
  Place place;
  place.path = (folder.path() / "a.db").string();
  constexpr Statement Make{"locks.make", "CREATE TABLE a (b BIGINT)"};
  const auto first = open_session(place, {}, Use::Write);
  (void)first->run(Make, {});
  const auto second = open_session(place, {}, Use::Read);
  EXPECT_TRUE(in_use(place.path));
}

}  // namespace
}  // namespace portico::sql

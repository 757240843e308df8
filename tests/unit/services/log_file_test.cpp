// SPDX-License-Identifier: Apache-2.0
// The log in a file: modes, rotation, reopening, a full disk.
#include "unit/services/log_folder.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portico::services {
namespace {

using namespace std::chrono_literals;
using LogFile = LogTest;

TEST_F(LogFile, MakesItsFileReadableForOwnerAndGroupOnly) {
  const Log log(to_file());
  struct stat status {};
  ASSERT_EQ(::stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0137u, 0u);
}

TEST_F(LogFile, AppendsToAFileThatIsThere) {
  std::ofstream(path()) << "before\n";
  {
    Log log(to_file());
    log.write(Level::Info, "core", "after");
  }
  EXPECT_EQ(content(path()).substr(0, 8), "before\n{");
}

TEST_F(LogFile, ThrowsWhenItsFileCannotBeOpened) {
  LogOptions options;
  options.file = path("missing/portico.log");
  EXPECT_THROW(Log{options}, std::system_error);
}

TEST_F(LogFile, ThrowsInsteadOfWaitingForTheReaderOfANamedPipe) {
  ASSERT_EQ(::mkfifo(path().c_str(), 0600), 0);
  EXPECT_THROW(Log{to_file()}, std::system_error);
}

TEST_F(LogFile, WritesToANewFileAfterReopen) {
  Log log(to_file());
  log.write(Level::Info, "core", "old");
  ASSERT_TRUE(log.flush(5s));
  fs::rename(path(), path("moved"));
  log.reopen();
  log.write(Level::Info, "core", "new");
  log.stop();
  EXPECT_EQ(lines(content(path("moved"))), 1u);
  EXPECT_NE(content(path()).find("new"), std::string::npos);
}

TEST_F(LogFile, GoesOnInTheOldFileWhenItCannotReopen) {
  fs::create_directory(folder_ / "sub");
  LogOptions options;
  options.file = path("sub/log");
  Log log(options);
  fs::rename(folder_ / "sub", folder_ / "gone");
  log.reopen();
  log.write(Level::Info, "core", "still here");
  log.stop();
  EXPECT_NE(content(path("gone/log")).find("cannot open the log file again"), std::string::npos);
  EXPECT_NE(content(path("gone/log")).find("still here"), std::string::npos);
}

TEST_F(LogFile, RotatesBySizeAtRecordBoundariesAndKeepsNFiles) {
  LogOptions options = to_file();
  options.rotate_bytes = 1000;
  options.rotate_files = 2;
  Log log(options);
  for (int i = 0; i < 60; ++i) {
    log.write(Level::Info, "core", "record " + std::to_string(i));
    ASSERT_TRUE(log.flush(5s));
  }
  log.stop();
  EXPECT_TRUE(fs::exists(path("portico.log.1")));
  EXPECT_TRUE(fs::exists(path("portico.log.2")));
  EXPECT_FALSE(fs::exists(path("portico.log.3")));
  for (const char* name : {"portico.log", "portico.log.1", "portico.log.2"}) {
    const std::string text = content(path(name));
    EXPECT_LE(text.size(), 1000u) << name;
    EXPECT_TRUE(text.starts_with("{") && text.ends_with("}\n")) << name;
  }
  EXPECT_NE(content(path()).find("record 59"), std::string::npos);
}

TEST_F(LogFile, RotatesWithinOneBatchToo) {
  LogOptions options = to_file();
  options.rotate_bytes = 1000;
  options.rotate_files = 100;
  {
    Log log(options);
    for (int i = 0; i < 200; ++i) log.write(Level::Info, "core", "record");
  }
  std::size_t total = 0;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const std::string text = content(entry.path());
    EXPECT_LE(text.size(), 1000u);
    total += lines(text);
  }
  EXPECT_EQ(total, 200u);
}

TEST_F(LogFile, WritesARecordLargerThanTheRotationWhole) {
  LogOptions options = to_file();
  options.rotate_bytes = 100;
  {
    Log log(options);
    log.write(Level::Info, "core", std::string(500, 'x'));
    log.write(Level::Info, "core", std::string(500, 'y'));
  }
  EXPECT_EQ(lines(content(path())), 1u);
  EXPECT_EQ(lines(content(path("portico.log.1"))), 1u);
}

TEST_F(LogFile, CountsWhatAFullDiskTookAndReportsItWhenThereIsRoom) {
  // A limit on the size of files stands for the full disk: the write fails half way, then wholly.
  Log log(to_file());
  log.write(Level::Info, "core", "before");
  ASSERT_TRUE(log.flush(5s));
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit tight = before;
  tight.rlim_cur = fs::file_size(path()) + 10;
  const auto old = ::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  log.write(Level::Info, "core", "lost one");
  EXPECT_TRUE(log.flush(5s));
  log.write(Level::Info, "core", "lost two");
  EXPECT_TRUE(log.flush(5s));
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  ::signal(SIGXFSZ, old);
  EXPECT_EQ(log.dropped(), 2u);
  log.write(Level::Info, "core", "after");
  log.stop();
  const std::string text = content(path());
  EXPECT_NE(text.find("dropped 2 records"), std::string::npos) << text;
  EXPECT_NE(text.find("\n{\"time\""), std::string::npos) << text;
  EXPECT_EQ(text.find("lost two"), std::string::npos);
}

}  // namespace
}  // namespace portico::services

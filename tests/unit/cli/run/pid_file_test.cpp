// SPDX-License-Identifier: Apache-2.0
#include "cli/run/pid_file.h"

#include "unit/temporary_folder.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include <gtest/gtest.h>
#include <unistd.h>

namespace portico::cli {
namespace {

TEST(PidFile, GoesWithTheProcessThatWroteIt) {
  const test::TemporaryFolder folder;
  const std::string path = folder.path("pid");
  {
    const PidFile file(path);
    pid_t written = 0;
    std::ifstream(path) >> written;
    EXPECT_EQ(written, ::getpid());
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(PidFile, StaysWhenAnotherProcessHasWrittenIt) {
  const test::TemporaryFolder folder;
  const std::string path = folder.path("pid");
  {
    const PidFile file(path);
    std::ofstream(path) << "1\n";
  }
  EXPECT_TRUE(std::filesystem::exists(path));
}

TEST(PidFile, SaysWhereItCannotBe) {
  EXPECT_THROW(PidFile("/nowhere/pid"), std::system_error);
  const PidFile none("");
}

}  // namespace
}  // namespace portico::cli

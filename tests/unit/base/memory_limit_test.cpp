// SPDX-License-Identifier: Apache-2.0
#include "base/memory_limit.h"

#include "unit/temporary_folder.h"

#include <fstream>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::base {
namespace {

class MemoryLimit : public testing::Test {
 protected:
  void write(std::string_view place, std::string_view text) {
    const auto path = folder_.path() / place;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  [[nodiscard]] std::uint64_t limit() const { return memory_limit(folder_.path()); }

  test::TemporaryFolder folder_;
};

TEST_F(MemoryLimit, IsTheMachinesWhereNobodySaysLess) {
  const std::uint64_t machine = limit();
  EXPECT_GT(machine, std::uint64_t{64} << 20U);
  write("proc/self/cgroup", "0::/a.slice/b.service\n");
  write("sys/fs/cgroup/a.slice/b.service/memory.max", "max\n");
  EXPECT_EQ(limit(), machine);
}

TEST_F(MemoryLimit, IsTheLeastOfTheGroupsAbove) {
  write("proc/self/cgroup", "1:name=systemd:/x\n0::/a.slice/b.service\n");
  write("sys/fs/cgroup/a.slice/memory.max", "3000\n");
  write("sys/fs/cgroup/a.slice/b.service/memory.max", "5000\n");
  EXPECT_EQ(limit(), 3000U);
}

TEST_F(MemoryLimit, IsThatOfTheContainer) {
  write("proc/self/cgroup", "0::/\n");
  write("sys/fs/cgroup/memory.max", "4000\n");
  EXPECT_EQ(limit(), 4000U);
}

}  // namespace
}  // namespace portico::base

// SPDX-License-Identifier: Apache-2.0
#include "services/metrics/process.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace portico::services {
namespace {

TEST(ProcessFacts, TellWhatThisProcessUses) {
  const ProcessFacts before = ProcessFacts::now();
  EXPECT_GT(before.cpu.count(), 0);
  EXPECT_GT(before.resident_bytes, std::uint64_t{1} << 20U);
  EXPECT_GE(before.virtual_bytes, before.resident_bytes);
  EXPECT_GE(before.open_files, 3U);
  const int one_more = ::dup(0);
  EXPECT_EQ(ProcessFacts::now().open_files, before.open_files + 1);
  ::close(one_more);
}

}  // namespace
}  // namespace portico::services

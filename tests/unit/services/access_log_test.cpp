// SPDX-License-Identifier: Apache-2.0
#include "services/log/access_log.h"

#include "services/log/capture.h"
#include "services/log/log.h"
#include "unit/services/log_folder.h"

#include <atomic>
#include <memory>
#include <string>

namespace portico::services {
namespace {

using namespace std::chrono_literals;

class AccessLogTest : public LogTest {
 protected:
  std::shared_ptr<AccessLog> access(std::size_t loops, std::size_t ring_bytes = 1 << 16) {
    return std::make_shared<AccessLog>(
        loops, [this] { ++hurries_; }, complaints_, ring_bytes);
  }
  static AccessRecord asked(std::string_view target, std::chrono::microseconds time = 1h) {
    AccessRecord record;
    record.time = time;
    record.target = target;
    return record;
  }

  const AccessForm form_;
  std::atomic<int> hurries_ = 0;
  CapturingSink complaints_;
};

TEST_F(AccessLogTest, WritesTheLinesOfEveryLoopAmongTheLogsOwn) {
  const auto access = this->access(2);
  Log log(to_file());
  log.follow(access);
  access->writer(0).write(form_, asked("/zero"));
  access->writer(1).write(form_, asked("/one"));
  log.write(Level::Info, "core", "own");
  log.stop();
  const std::string text = content(path());
  EXPECT_EQ(lines(text), 3U) << text;
  for (const char* const word : {"\"/zero\"", "\"/one\"", "\"own\""}) {
    EXPECT_NE(text.find(word), std::string::npos) << text;
  }
  EXPECT_EQ(access->lost(), 0U);
}

TEST_F(AccessLogTest, WritesWithoutBeingAsked) {
  const auto access = this->access(1);
  Log log(to_file());
  log.follow(access);
  access->writer(0).write(form_, asked("/a"));
  const auto end = std::chrono::steady_clock::now() + 10s;
  while (content(path()).empty() && std::chrono::steady_clock::now() < end) {
    log.flush(1ms);
  }
  EXPECT_EQ(lines(content(path())), 1U);
}

TEST_F(AccessLogTest, LosesLinesThatNobodyTakesAndComplainsNowAndThen) {
  const auto access = this->access(1);
  for (int i = 0; i < 1000; ++i) access->writer(0).write(form_, asked("/a"));
  EXPECT_GT(access->lost(), 0U);
  EXPECT_GT(hurries_, 0);
  EXPECT_EQ(complaints_.records().size(), 1U);
  access->writer(0).write(form_, asked("/a", 1h + 9s));
  EXPECT_EQ(complaints_.records().size(), 1U);
  const std::uint64_t before = access->lost();
  access->writer(0).write(form_, asked("/a", 1h + 10s));
  ASSERT_EQ(complaints_.records().size(), 2U);
  EXPECT_EQ(complaints_.records()[1].fields[0].second, std::to_string(before));
}

}  // namespace
}  // namespace portico::services

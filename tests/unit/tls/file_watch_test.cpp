// SPDX-License-Identifier: Apache-2.0
#include "tls/file_watch.h"

#include "unit/temporary_folder.h"

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

namespace portico::tls {
namespace {

class TlsFileWatch : public testing::Test {
 protected:
  test::TemporaryFolder folder_;
  std::string one_ = folder_.write("one", "first");
  std::string two_ = folder_.write("two", "first");
};

TEST_F(TlsFileWatch, IsQuietAsLongAsNothingChanges) {
  FileWatch watch({one_, two_});
  EXPECT_FALSE(watch.changed());
  EXPECT_FALSE(watch.changed());
}

TEST_F(TlsFileWatch, TellsAChangeOnce) {
  FileWatch watch({one_, two_});
  folder_.write("two", "later");
  EXPECT_TRUE(watch.changed());
  EXPECT_FALSE(watch.changed());
}

TEST_F(TlsFileWatch, SeesARenameOntoTheFile) {
  FileWatch watch({one_});
  std::filesystem::rename(folder_.write("new", "other"), one_);
  EXPECT_TRUE(watch.changed());
}

TEST_F(TlsFileWatch, FollowsLinks) {
  const std::string link = folder_.path("link");
  std::filesystem::create_symlink(one_, link);
  FileWatch watch({link});
  folder_.write("other", "renewed");
  std::filesystem::remove(link);
  std::filesystem::create_symlink(folder_.path("other"), link);
  EXPECT_TRUE(watch.changed());
}

TEST_F(TlsFileWatch, DoesNotMindATouchedFile) {
  FileWatch watch({one_});
  folder_.write("one", "first");
  std::filesystem::last_write_time(
      one_, std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
  EXPECT_FALSE(watch.changed());
}

TEST_F(TlsFileWatch, TellsWhenAFileGoesAndComes) {
  FileWatch watch({one_});
  std::filesystem::remove(one_);
  EXPECT_TRUE(watch.changed());
  EXPECT_FALSE(watch.changed());
  folder_.write("one", "first");
  EXPECT_TRUE(watch.changed());
}

}  // namespace
}  // namespace portico::tls

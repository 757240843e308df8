// SPDX-License-Identifier: Apache-2.0
#include "plugin/file_content.h"

#include "unit/temporary_folder.h"

#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

TEST(FileContent, IsTheWholeFile) {
  auto read = read_file("/proc/self/exe");
  ASSERT_TRUE(read) << read.error();
  FileContent content;
  content = *std::move(read);
  const FileContent moved = std::move(content);
  ASSERT_GT(moved.bytes().size(), 1000U);
  const std::string_view text(reinterpret_cast<const char*>(moved.bytes().data()), 4);
  EXPECT_EQ(text,
            "\x7f"
            "ELF");
}

TEST(FileContent, OfAnEmptyFileIsNone) {
  const test::TemporaryFolder folder;
  const auto read = read_file(folder.write("empty", ""));
  ASSERT_TRUE(read) << read.error();
  EXPECT_TRUE(read->bytes().empty());
}

TEST(ReadFile, RefusesWhatIsNotARegularFile) {
  const auto folder = read_file("/");
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error(), "is not a regular file");
  const auto device = read_file("/dev/null");
  ASSERT_FALSE(device);
  EXPECT_EQ(device.error(), "is not a regular file");
}

TEST(ReadFile, SaysWhyAFileCannotBeRead) {
  const auto absent = read_file("/nonexistent/file.so");
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error(), "cannot be read: No such file or directory");
}

}  // namespace
}  // namespace portico::plugin

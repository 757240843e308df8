// SPDX-License-Identifier: Apache-2.0
#include "plugin/trust.h"

#include "unit/temporary_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portico::plugin {
namespace {

namespace fs = std::filesystem;

class Trust : public testing::Test {
 protected:
  std::string fault(const fs::path& file, Owner owner = Owner::of_this_process()) const {
    const auto trusted = trusted_file(file, owner);
    return trusted ? "" : trusted.error();
  }

  test::TemporaryFolder folder_;
  const fs::path file_ = folder_.write("hello.so", "code");
};

TEST_F(Trust, AcceptsAFileOfOursInAFolderOfOurs) { EXPECT_EQ(fault(file_), ""); }

TEST_F(Trust, RefusesAFileThatEverybodyMayWrite) {
  ::chmod(file_.c_str(), 0666);
  EXPECT_EQ(fault(file_),
            "is not trusted: it may be written by everybody; chmod o-w " + file_.string());
}

TEST_F(Trust, RefusesAFolderThatEverybodyMayWriteEvenIfSticky) {
  ::chmod(folder_.path().c_str(), 01777);
  EXPECT_EQ(fault(file_), "is not trusted: its folder " + folder_.path().string() +
                              " may be written by everybody; chmod o-w " + folder_.path().string());
}

TEST_F(Trust, RefusesAFolderAboveThatEverybodyMayWrite) {
  const fs::path below = folder_.path() / "below";
  fs::create_directory(below);
  fs::rename(file_, below / "hello.so");
  ::chmod(folder_.path().c_str(), 0777);
  EXPECT_NE(fault(below / "hello.so").find("a folder above it"), std::string::npos);
  // Nobody can move another's folder out of a sticky one.
  ::chmod(folder_.path().c_str(), 01777);
  EXPECT_EQ(fault(below / "hello.so"), "");
}

TEST_F(Trust, RefusesAFileOfAForeignUser) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root to give a file away";
  ASSERT_EQ(::chown(file_.c_str(), 4242, 0), 0);
  EXPECT_EQ(fault(file_), "is not trusted: it belongs to user 4242; chown root " + file_.string());
  EXPECT_EQ(fault(file_, Owner{4242, 0}), "");
}

TEST_F(Trust, RefusesAFileThatAForeignGroupMayWrite) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root to give a file away";
  ASSERT_EQ(::chown(file_.c_str(), 0, 4242), 0);
  EXPECT_EQ(fault(file_), "");
  ::chmod(file_.c_str(), 0664);
  EXPECT_EQ(fault(file_),
            "is not trusted: it may be written by group 4242; chmod g-w " + file_.string());
  EXPECT_EQ(fault(file_, Owner{0, 4242}), "");
}

TEST_F(Trust, LooksBehindSymbolicLinks) {
  const test::TemporaryFolder elsewhere;
  const fs::path link = elsewhere.path() / "hello.so";
  fs::create_symlink(file_, link);
  const auto trusted = trusted_file(link);
  ASSERT_TRUE(trusted) << trusted.error();
  EXPECT_EQ(*trusted, file_);
  ::chmod(file_.c_str(), 0666);
  EXPECT_NE(fault(link).find("may be written by everybody"), std::string::npos);
}

TEST_F(Trust, RefusesWhatIsNotARegularFile) {
  EXPECT_EQ(fault(folder_.path()), "is not a regular file");
}

TEST_F(Trust, SaysThatAFileIsNotThere) {
  EXPECT_EQ(fault(folder_.path() / "absent.so"), "cannot be found: No such file or directory");
}

}  // namespace
}  // namespace portico::plugin

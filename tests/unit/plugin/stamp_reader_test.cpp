// SPDX-License-Identifier: Apache-2.0
#include "plugin/stamp_reader.h"

#include "unit/plugin/elf_builder.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

using test::elf_with_stamp;
using test::FileBytes;
using test::sample_stamp;

std::string error_of(const FileBytes& file) {
  const auto stamp = read_stamp(file);
  return stamp ? "" : stamp.error();
}

std::string error_of(const detail::Stamp& stamp) { return error_of(elf_with_stamp(stamp)); }

TEST(StampReader, ReadsWhatTheBuilderWrote) {
  const auto stamp = read_stamp(elf_with_stamp(sample_stamp()));
  ASSERT_TRUE(stamp) << stamp.error();
  EXPECT_EQ(stamp->name(), "hello");
  EXPECT_EQ(stamp->version(), "1.2.3");
  EXPECT_EQ(stamp->summary(), "Says hello");
  EXPECT_EQ(stamp->sdk(), core_stamp().sdk());
  EXPECT_TRUE(misfits(*stamp, core_stamp()).empty());
}

TEST(StampReader, SaysThatAFileWithoutStampIsNoPlugin) {
  struct {
    std::uint32_t owner = 4, content = 4, type = 3;
    char text[4] = {'G', 'N', 'U', '\0'};
    char bytes[4] = {};
  } const other;
  EXPECT_EQ(error_of(test::elf_with_note(test::bytes_of(other))),
            "is not a Portico plugin: it has no stamp");
}

TEST(StampReader, RefusesAStampThatIsCutShort) {
  detail::Stamp stamp = sample_stamp();
  stamp.size = 311;
  EXPECT_EQ(error_of(stamp), "has a stamp that is cut short");
  stamp.size = sizeof stamp + 1;
  EXPECT_EQ(error_of(stamp), "has a stamp that is cut short");
  detail::StampNote note{.stamp = sample_stamp()};
  note.stamp_size = 6;
  EXPECT_EQ(error_of(test::elf_with_note(test::bytes_of(note))), "has a stamp that is cut short");
}

TEST(StampReader, RefusesAnotherMagicAndAnotherKind) {
  detail::Stamp stamp = sample_stamp();
  stamp.magic = 1;
  EXPECT_EQ(error_of(stamp), "has a stamp that is damaged");
  detail::StampNote note{.stamp = sample_stamp()};
  note.type = 2;
  EXPECT_EQ(error_of(test::elf_with_note(test::bytes_of(note))),
            "has a stamp of a kind that this Portico does not know");
}

TEST(StampReader, IgnoresWhatALaterSdkAppended) {
  struct {
    detail::StampNote note{.stamp_size = sizeof(detail::Stamp) + 8, .stamp = sample_stamp()};
    char more[8] = {};
  } later;
  later.note.stamp.size = sizeof(detail::Stamp) + 8;
  const auto stamp = read_stamp(test::elf_with_note(test::bytes_of(later)));
  ASSERT_TRUE(stamp) << stamp.error();
  EXPECT_EQ(stamp->name(), "hello");
}

TEST(StampReader, MakesTextsOfTheFileFitToPrint) {
  detail::Stamp stamp = sample_stamp();
  // Neither terminated nor printable.
  std::fill(std::begin(stamp.summary), std::end(stamp.summary), '\x1b');
  std::fill(std::begin(stamp.version), std::end(stamp.version), '\xff');
  const auto read = read_stamp(elf_with_stamp(stamp));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->summary(), std::string(sizeof stamp.summary - 1, '?'));
  EXPECT_EQ(read->version(), "");
}

TEST(StampReader, RefusesANameThatIsNone) {
  detail::Stamp stamp = sample_stamp();
  stamp.name[0] = '/';
  EXPECT_EQ(error_of(stamp), "has a stamp with a name that is none ([a-z][a-z0-9_]*)");
}

TEST(SdkVersions, NeedTheSameMinorBefore1) {
  EXPECT_TRUE(runs_in({0, 1}, {0, 1}));
  EXPECT_FALSE(runs_in({0, 2}, {0, 1}));
  EXPECT_FALSE(runs_in({0, 1}, {0, 2}));
  EXPECT_FALSE(runs_in({0, 9}, {1, 0}));
}

TEST(SdkVersions, NeedTheSameMajorAndACoreAsNewFrom1On) {
  EXPECT_TRUE(runs_in({1, 0}, {1, 0}));
  EXPECT_TRUE(runs_in({1, 0}, {1, 7}));
  EXPECT_TRUE(runs_in({1, 7}, {1, 7}));
  EXPECT_FALSE(runs_in({1, 8}, {1, 7}));
  EXPECT_FALSE(runs_in({1, 0}, {2, 0}));
  EXPECT_FALSE(runs_in({2, 0}, {1, 9}));
}

class Misfits : public testing::Test {
 protected:
  Misfits() {
    plugin_.stamp = sample_stamp();
    core_.stamp = sample_stamp();
    core_.stamp.sdk_major = plugin_.stamp.sdk_major = 0;
    core_.stamp.sdk_minor = plugin_.stamp.sdk_minor = 1;
    core_.stamp.flags = plugin_.stamp.flags = 0;
  }

  std::vector<std::string> fields() {
    std::vector<std::string> names;
    for (const Misfit& misfit : misfits(plugin_, core_)) names.push_back(misfit.field);
    return names;
  }
  Misfit only() {
    const auto found = misfits(plugin_, core_);
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? Misfit() : found.front();
  }

  using Fields = std::vector<std::string>;
  PluginStamp plugin_;
  PluginStamp core_;
};

TEST_F(Misfits, NameBothSdksAndTheCommandThatRebuilds) {
  plugin_.stamp.sdk_minor = 2;
  EXPECT_EQ(only().sentence(), "was built with SDK 0.2 and this Portico has SDK 0.1");
  EXPECT_EQ(only().remedy,
            "rebuild it with portico-dev 0.1: cmake -B build && cmake --build build");
}

TEST_F(Misfits, OfferAnUpgradeToThePluginsOwnMinorFrom1On) {
  plugin_.stamp.sdk_major = core_.stamp.sdk_major = 1;
  plugin_.stamp.sdk_minor = 4;
  EXPECT_EQ(only().remedy,
            "upgrade Portico to 1.4 or later, or rebuild it with portico-dev 1.1: "
            "cmake -B build && cmake --build build");
}

TEST_F(Misfits, RefuseOtherStandardLibraries) {
  plugin_.stamp.standard_library = static_cast<std::uint8_t>(detail::StandardLibrary::Libcxx);
  EXPECT_EQ(only().sentence(), "was built with libc++ and this Portico has libstdc++");
  plugin_.stamp.standard_library =
      static_cast<std::uint8_t>(detail::StandardLibrary::LibstdcxxOldStrings);
  EXPECT_EQ(only().sentence(),
            "was built with libstdc++ with its old strings (_GLIBCXX_USE_CXX11_ABI=0) and this "
            "Portico has libstdc++");
  plugin_.stamp.standard_library = 9;
  EXPECT_EQ(only().plugin, "standard library number 9");
}

TEST_F(Misfits, RefuseAnotherCxxAbi) {
  plugin_.stamp.cxx_abi = 1002;
  EXPECT_EQ(fields(), Fields{"cxx_abi"});
  EXPECT_NE(only().sentence().find("C++ ABI 1002"), std::string::npos);
}

TEST_F(Misfits, RefuseOtherPointers) {
  plugin_.stamp.pointer_bytes = 4;
  EXPECT_EQ(only().sentence(),
            "was built with 32-bit pointers and this Portico has 64-bit pointers");
}

TEST_F(Misfits, NeedTheSanitizersOfTheCoreBothWays) {
  plugin_.stamp.flags = detail::AddressSanitizer;
  EXPECT_EQ(only().sentence(), "was built with AddressSanitizer and this Portico has no sanitizer");
  std::swap(plugin_, core_);
  EXPECT_EQ(only().sentence(), "was built with no sanitizer and this Portico has AddressSanitizer");
  plugin_.stamp.flags = detail::ThreadSanitizer;
  EXPECT_EQ(fields(), Fields{"sanitizer"});
  plugin_.stamp.flags = core_.stamp.flags;
  EXPECT_TRUE(fields().empty());
}

TEST_F(Misfits, RefuseAPluginWithoutTypeInformationOrExceptions) {
  plugin_.stamp.flags = detail::NoRtti | detail::NoExceptions;
  EXPECT_EQ(fields(), (Fields{"rtti", "exceptions"}));
}

TEST_F(Misfits, AreAllToldAtOnce) {
  plugin_.stamp.sdk_minor = 2;
  plugin_.stamp.cxx_abi = 1;
  plugin_.stamp.flags = detail::AddressSanitizer;
  EXPECT_EQ(fields(), (Fields{"sdk", "cxx_abi", "sanitizer"}));
}

TEST_F(Misfits, DoNotCareForCompilerAndTexts) {
  plugin_.stamp.compiler[0] = 'x';
  plugin_.stamp.version[0] = 'x';
  EXPECT_TRUE(fields().empty());
}

}  // namespace
}  // namespace portico::plugin

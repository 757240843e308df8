// SPDX-License-Identifier: Apache-2.0
#include "plugin/library.h"

#include "unit/plugin/plugin_copy.h"

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

using test::PluginCopy;

class LibraryTest : public testing::Test {
 protected:
  using Lines = std::vector<std::string>;

  /// What the file was refused with.
  Lines refusals(const std::filesystem::path& file, std::string_view name = "hello") {
    const auto loaded = libraries_.load(file, name);
    Lines lines;
    if (const auto* refused = std::get_if<Refusals>(&loaded)) {
      for (const Refusal& refusal : *refused) lines.push_back(refusal.what + "; " + refusal.remedy);
    }
    return lines;
  }
  template <class Change>
  Lines refusals_of_stamp(Change change) {
    return refusals(PluginCopy("hello").stamp(change).save(folder_, "hello.so"));
  }
  const Library* load(const std::filesystem::path& file, std::string_view name = "hello") {
    const auto loaded = libraries_.load(file, name);
    return std::holds_alternative<Refusals>(loaded) ? nullptr : std::get<const Library*>(loaded);
  }

  static constexpr const char* Rebuild = ": cmake -B build && cmake --build build";

  test::TemporaryFolder folder_;
  Libraries libraries_;
};

TEST_F(LibraryTest, LoadsAPluginOnce) {
  const auto file = PluginCopy("hello").save(folder_, "hello.so");
  const Library* library = load(file);
  ASSERT_NE(library, nullptr);
  EXPECT_EQ(library->stamp().name(), "hello");
  EXPECT_EQ(library->path(), file);
  EXPECT_EQ(library->hash().size(), 64U);
  EXPECT_FALSE(library->upgrade_pending());
  EXPECT_EQ(load(file), library);
  EXPECT_EQ(libraries_.find("hello"), library);
}

TEST_F(LibraryTest, GivesTheSettingsOfAPlugin) {
  const Library* library = load(PluginCopy("hello").save(folder_, "hello.so"));
  ASSERT_NE(library, nullptr);
  void* settings = library->entry().config()->create();
  EXPECT_NE(settings, nullptr);
  library->entry().config()->destroy(settings);
}

TEST_F(LibraryTest, KeepsTheCodeWhenTheFileChanges) {
  const auto file = PluginCopy("hello").save(folder_, "hello.so");
  const Library* library = load(file);
  ASSERT_NE(library, nullptr);
  const std::string hash = library->hash();

  PluginCopy("hello").append('x').save(folder_, "hello.so");
  EXPECT_EQ(load(file), library);
  EXPECT_TRUE(library->upgrade_pending());
  EXPECT_TRUE(library->upgrade_refusals().empty());
  EXPECT_EQ(library->hash(), hash);

  PluginCopy("hello").save(folder_, "hello.so");
  EXPECT_EQ(load(file), library);
  EXPECT_FALSE(library->upgrade_pending());
}

TEST_F(LibraryTest, KeepsTheCodeWhenTheSettingsNameAnotherFile) {
  const Library* library = load(PluginCopy("hello").save(folder_, "hello.so"));
  EXPECT_EQ(load(PluginCopy("hello").append('x').save(folder_, "newer.so")), library);
  EXPECT_TRUE(library->upgrade_pending());
}

TEST_F(LibraryTest, SaysThatANewFileWouldBeRefused) {
  const auto file = PluginCopy("hello").save(folder_, "hello.so");
  const Library* library = load(file);
  PluginCopy("hello").stamp([](auto& stamp) { stamp.sdk_minor = 2; }).save(folder_, "hello.so");
  EXPECT_EQ(load(file), library);
  EXPECT_TRUE(library->upgrade_pending());
  ASSERT_EQ(library->upgrade_refusals().size(), 1U);
  EXPECT_EQ(library->upgrade_refusals()[0].what,
            "hello.so was built with SDK 0.2 and this Portico has SDK 0.1");
}

TEST_F(LibraryTest, RefusesAReloadWhoseFileIsGone) {
  const auto file = PluginCopy("hello").save(folder_, "hello.so");
  ASSERT_NE(load(file), nullptr);
  std::filesystem::remove(file);
  EXPECT_EQ(refusals(file), Lines{file.string() + " cannot be found: No such file or directory; "});
}

TEST_F(LibraryTest, RefusesAnotherSdk) {
  EXPECT_EQ(refusals_of_stamp([](auto& stamp) { stamp.sdk_minor = 2; }),
            Lines{"hello.so was built with SDK 0.2 and this Portico has SDK 0.1; rebuild it with "
                  "portico-dev 0.1" +
                  std::string(Rebuild)});
  EXPECT_EQ(refusals_of_stamp([](auto& stamp) { stamp.sdk_major = 1; }),
            Lines{"hello.so was built with SDK 1.1 and this Portico has SDK 0.1; rebuild it with "
                  "portico-dev 0.1" +
                  std::string(Rebuild)});
}

TEST_F(LibraryTest, RefusesEveryOtherMisfitWithALineOfItsOwn) {
  EXPECT_EQ(refusals_of_stamp([](auto& stamp) { stamp.cxx_abi = 1; }).size(), 1U);
  EXPECT_EQ(refusals_of_stamp([](auto& stamp) { stamp.standard_library = 2; }).size(), 1U);
  EXPECT_EQ(refusals_of_stamp([](auto& stamp) { stamp.standard_library = 3; }).size(), 1U);
  EXPECT_EQ(refusals_of_stamp([](auto& stamp) { stamp.flags ^= detail::AddressSanitizer; }).size(),
            1U);
  EXPECT_EQ(refusals_of_stamp([](auto& stamp) {
              stamp.sdk_minor = 2;
              stamp.cxx_abi = 1;
              stamp.flags |= detail::NoRtti;
            }).size(),
            3U);
}

TEST_F(LibraryTest, RefusesAFileWithoutStamp) {
  const auto file =
      PluginCopy("hello")
          .replace(std::string_view("Portico\0PRTO", 12), std::string_view("Xortico\0PRTO", 12))
          .save(folder_, "hello.so");
  EXPECT_EQ(refusals(file), Lines{file.string() + " is not a Portico plugin: it has no stamp; "});
}

TEST_F(LibraryTest, RefusesAFileThatIsCutShort) {
  for (const std::size_t length : {0U, 40U, 100U, 600U, 5000U}) {
    const auto file = PluginCopy("hello").cut(length).save(folder_, "hello.so");
    EXPECT_EQ(refusals(file).size(), 1U) << length;
  }
}

TEST_F(LibraryTest, RefusesAPluginUnderAnotherName) {
  EXPECT_EQ(refusals(PluginCopy("hello").save(folder_, "hello.so"), "goodbye"),
            Lines{"hello.so is the plugin \"hello\", not \"goodbye\"; write plugins.hello"});
}

TEST_F(LibraryTest, RefusesAFileThatOthersMayWrite) {
  const auto file = PluginCopy("hello").save(folder_, "hello.so");
  std::filesystem::permissions(file, std::filesystem::perms::all);
  EXPECT_EQ(refusals(file),
            Lines{file.string() + " is not trusted: it may be written by everybody; chmod o-w " +
                  file.string()});
}

TEST_F(LibraryTest, RefusesAStampWithoutEntry) {
  const auto file = PluginCopy("hello")
                        .replace("portico_plugin_v0", "portico_plugin_vX")
                        .save(folder_, "hello.so");
  EXPECT_EQ(refusals(file),
            Lines{"hello.so has a stamp but does not export portico_plugin_v0; "
                  "write PORTICO_EXPORT_PLUGIN in one of its files and rebuild it"});
}

TEST_F(LibraryTest, NamesAFunctionThatThisPorticoDoesNotHave) {
  const auto file = PluginCopy("hello")
                        .replace("_ZN7portico9Registrar7command", "_ZN7portico9Registrar7summons")
                        .save(folder_, "hello.so");
  const Lines lines = refusals(file);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].find("hello.so needs portico::Registrar::summons("), 0U) << lines[0];
}

TEST_F(LibraryTest, NamesALibraryThatIsNotInstalled) {
  const auto file =
      PluginCopy("hello").replace("libstdc++.so.6", "libstdc--.so.6").save(folder_, "hello.so");
  EXPECT_EQ(refusals(file),
            Lines{"hello.so needs the library libstdc--.so.6, which is not installed; "
                  "install the package that has it (apt-file search libstdc--.so.6)"});
}

}  // namespace
}  // namespace portico::plugin

// SPDX-License-Identifier: Apache-2.0
#include "plugin/verify.h"

#include "unit/plugin/plugin_copy.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

using test::PluginCopy;

class Verify : public testing::Test {
 protected:
  VerifyReport report_on(const PluginCopy& copy) { return verify(copy.save(folder_, "hello.so")); }

  /// The findings of one check that was not fine.
  static std::vector<std::string> faults(const VerifyReport& report, std::string_view name) {
    std::vector<std::string> found;
    for (const Check& check : report.checks) {
      if (check.name == name && check.verdict != Check::Verdict::Fine)
        found.push_back(check.finding);
    }
    return found;
  }

  test::TemporaryFolder folder_;
};

TEST_F(Verify, AcceptsTheSamplePlugin) {
  const VerifyReport report = report_on(PluginCopy("hello"));
  EXPECT_TRUE(report.accepted()) << report.text();
  for (const Check& check : report.checks) {
    EXPECT_EQ(check.verdict, Check::Verdict::Fine) << report.text();
  }
  EXPECT_EQ(report.stamp->name(), "hello");
  EXPECT_EQ(report.hash.size(), 64U);
  EXPECT_NE(report.text().find("This Portico loads it.\n"), std::string::npos);
}

TEST_F(Verify, ListsLibrariesAndTheHighestVersions) {
  const VerifyReport report = report_on(PluginCopy("hello"));
  const auto begins = [](const std::vector<std::string>& list, std::string_view start) {
    return std::any_of(list.begin(), list.end(),
                       [start](const std::string& text) { return text.starts_with(start); });
  };
  EXPECT_TRUE(begins(report.libraries, "libstdc++.so"));
  EXPECT_TRUE(begins(report.versions_needed, "GLIBC_2."));
  EXPECT_TRUE(begins(report.versions_needed, "GLIBCXX_3.4"));
}

TEST_F(Verify, RefusesAStampThatDoesNotFitAndStillLooksAtTheRest) {
  const VerifyReport report = report_on(PluginCopy("hello").stamp([](auto& stamp) {
    stamp.sdk_minor = 2;
    stamp.cxx_abi = 1;
  }));
  EXPECT_FALSE(report.accepted());
  EXPECT_EQ(faults(report, "sdk"),
            std::vector<std::string>{"was built with SDK 0.2 and this Portico has SDK 0.1"});
  EXPECT_EQ(faults(report, "cxx_abi").size(), 1U);
  EXPECT_TRUE(faults(report, "symbols").empty());
  EXPECT_NE(report.text().find("This Portico does not load it.\n"), std::string::npos);
}

TEST_F(Verify, RefusesASymbolOfPorticoThatIsNotThere) {
  const VerifyReport report = report_on(PluginCopy("hello").replace(
      "_ZN7portico9Registrar7command", "_ZN7portico9Registrar7summons"));
  const auto found = faults(report, "symbols");
  ASSERT_EQ(found.size(), 1U) << report.text();
  EXPECT_EQ(found[0].find("needs portico::Registrar::summons("), 0U);
}

TEST_F(Verify, RefusesAVersionThatThisSystemDoesNotHave) {
  const VerifyReport report = report_on(PluginCopy("hello").replace(
      std::string_view("\0CXXABI_1.3\0", 12), std::string_view("\0CXXABI_9.9\0", 12)));
  const auto found = faults(report, "versions");
  ASSERT_EQ(found.size(), 1U) << report.text();
  EXPECT_EQ(found[0].find("needs CXXABI_9.9, and libstdc++.so.6 here ends with CXXABI_1.3"), 0U);
}

TEST_F(Verify, WarnsOfALibraryThatItDoesNotFind) {
  const VerifyReport report =
      report_on(PluginCopy("hello").replace("libstdc++.so.6", "libstdc--.so.6"));
  EXPECT_EQ(faults(report, "libraries"),
            std::vector<std::string>{"needs libstdc--.so.6, which is in none of the usual places"});
}

TEST_F(Verify, RefusesAPluginWithoutEntry) {
  const VerifyReport report =
      report_on(PluginCopy("hello").replace("portico_plugin_v0", "portico_plugin_vX"));
  EXPECT_EQ(faults(report, "entry"), std::vector<std::string>{"does not export portico_plugin_v0"});
}

TEST_F(Verify, RefusesAFileThatOthersMayWrite) {
  const auto file = PluginCopy("hello").save(folder_, "hello.so");
  std::filesystem::permissions(file, std::filesystem::perms::all);
  const VerifyReport report = verify(file);
  EXPECT_EQ(faults(report, "rights"),
            std::vector<std::string>{"is not trusted: it may be written by everybody"});
}

TEST_F(Verify, WarnsOfAFileWithAnotherName) {
  const VerifyReport report = verify(PluginCopy("hello").save(folder_, "other.so"));
  EXPECT_TRUE(report.accepted());
  EXPECT_EQ(faults(report, "name"), std::vector<std::string>{"is not called hello.so"});
}

TEST_F(Verify, SaysWhatIsNoPluginAtAll) {
  EXPECT_FALSE(verify(folder_.write("text.so", "text")).accepted());
  EXPECT_FALSE(verify(folder_.path() / "absent.so").accepted());
  EXPECT_FALSE(verify(folder_.path()).accepted());
  const VerifyReport libc = verify("/proc/self/exe");
  EXPECT_EQ(faults(libc, "stamp"),
            std::vector<std::string>{"is not a Portico plugin: it has no stamp"});
}

TEST_F(Verify, WritesJson) {
  const std::string json = report_on(PluginCopy("hello")).json();
  EXPECT_NE(json.find("\"accepted\": true"), std::string::npos) << json;
  EXPECT_NE(json.find("\"name\": \"hello\""), std::string::npos) << json;
  EXPECT_NE(json.find("\"verdict\": \"ok\""), std::string::npos) << json;
}

}  // namespace
}  // namespace portico::plugin

// SPDX-License-Identifier: Apache-2.0
#include "plugin/library.h"

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

TEST(DlError, NamesASymbolOfPorticoAndItsRemedy) {
  const Refusal refusal =
      explain_dlerror("hello.so", "/opt/hello.so: undefined symbol: _ZN7portico4passEv");
  EXPECT_EQ(refusal.what, "hello.so needs portico::pass(), which this Portico does not have");
  EXPECT_EQ(
      refusal.remedy,
      "rebuild it with the portico-dev of this Portico: cmake -B build && cmake --build build");
}

TEST(DlError, NamesASymbolOfAnotherLibrary) {
  const Refusal refusal =
      explain_dlerror("hello.so", "/opt/hello.so: undefined symbol: geo_lookup, version GEO_1");
  EXPECT_EQ(refusal.what, "hello.so needs geo_lookup, which no library that it names has");
}

TEST(DlError, NamesALibraryThatIsNotInstalled) {
  const Refusal refusal = explain_dlerror(
      "hello.so", "libgeo.so.1: cannot open shared object file: No such file or directory");
  EXPECT_EQ(refusal.what, "hello.so needs the library libgeo.so.1, which is not installed");
  EXPECT_EQ(refusal.remedy, "install the package that has it (apt-file search libgeo.so.1)");
}

TEST(DlError, NamesAVersionThatIsTooNew) {
  const Refusal refusal = explain_dlerror(
      "hello.so",
      "/lib/libstdc++.so.6: version `GLIBCXX_3.4.99' not found (required by /opt/hello.so)");
  EXPECT_EQ(refusal.what, "hello.so needs GLIBCXX_3.4.99, and /lib/libstdc++.so.6 here is older");
}

TEST(DlError, PassesOnWhatItDoesNotKnow) {
  EXPECT_EQ(explain_dlerror("hello.so", "out of luck\x1b").what,
            "hello.so cannot be loaded: out of luck\\x1b");
}

}  // namespace
}  // namespace portico::plugin

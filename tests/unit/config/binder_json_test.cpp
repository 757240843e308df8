// SPDX-License-Identifier: Apache-2.0
// The binder on request bodies.
#include "unit/config/bound.h"
#include "unit/config/everything.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::config {
namespace {

using testing::ElementsAre;

TEST(BinderOfJson, ReportsPointersInTheOrderOfTheBody) {
  const auto bound = bind_json_text<Everything>(
      R"({"target": {"host": 5, "a/b~c": 1}, "small": "1", "names": ["a", 2], "on": "true",
          "per": 10, "size": 100, "pause": 0, "by": "usr", "network": 1, "share": 0.5})");
  EXPECT_THAT(
      bound.lines,
      ElementsAre("/target/host: expected a string, found 5",
                  "/target/a~1b~0c: unknown key; known keys: host, weight",
                  "/small: expected a whole number, found the string \"1\"; write 1 without "
                  "the quotes",
                  "/names/1: expected a string, found 2",
                  "/on: expected true or false, found the string \"true\"; write true "
                  "without the quotes",
                  "/per: \"10\" has no unit; write 10s, 10ms or 10m",
                  "/size: must be at least 512B, is 100",
                  "/by: expected one of \"client\", \"user\", \"header\", found the string "
                  "\"usr\"; did you mean \"user\"?",
                  "/network: expected a network such as 10.0.0.0/8, found 1"));
}

TEST(BinderOfJson, TakesNullForAbsent) {
  const auto bound = bind_json_text<Everything>(
      R"({"target": {"host": "h"}, "port": null, "names": null, "headers": null})");
  EXPECT_TRUE(bound.good) << testing::PrintToString(bound.lines);
  EXPECT_THAT(bind_json_text<NoSettings>("null").lines,
              ElementsAre(": expected an object, found nothing"));
}

TEST(BinderOfJson, TakesNoLoneItemForAList) {
  EXPECT_THAT(bind_json_text<Everything>(R"({"target": "h", "names": "a"})").lines,
              ElementsAre("/names: expected an array, found the string \"a\""));
}

}  // namespace
}  // namespace portico::config

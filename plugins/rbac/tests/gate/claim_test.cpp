// SPDX-License-Identifier: Apache-2.0
#include "gate/claim.h"

#include <cstdint>
#include <string_view>
#include <variant>

#include <gtest/gtest.h>

namespace portico::rbac {
namespace {

constexpr std::string_view Claims =
    R"({"sub":"ada","level":3,"share":0.5,"staff":true,"gone":null,"list":["a",{"level":9}],)"
    R"("org":{"unit":"ops","deep":{"er":-7}},"odd":"a\"b","level2":4,"utf":"é"})";

TEST(Claim, FindsTextsNumbersAndTruthValues) {
  EXPECT_EQ(claim_of(Claims, "sub"), Value("ada"));
  EXPECT_EQ(claim_of(Claims, "level"), Value(std::int64_t{3}));
  EXPECT_EQ(claim_of(Claims, "level2"), Value(std::int64_t{4}));
  EXPECT_EQ(claim_of(Claims, "share"), Value(0.5));
  EXPECT_EQ(claim_of(Claims, "staff"), Value(true));
  EXPECT_EQ(claim_of(Claims, "utf"), Value("é"));
}

TEST(Claim, FindsWhatIsWithin) {
  EXPECT_EQ(claim_of(Claims, "org.unit"), Value("ops"));
  EXPECT_EQ(claim_of(Claims, "org.deep.er"), Value(std::int64_t{-7}));
}

TEST(Claim, TakesForMissingWhatCannotBeCompared) {
  for (const std::string_view path :
       {"gone", "list", "org", "odd", "none", "org.none", "sub.more", "unit", "", "list.level"}) {
    EXPECT_EQ(claim_of(Claims, path), Value()) << path;
  }
}

TEST(Claim, BearsWhatIsNoJson) {
  for (const std::string_view text :
       {"", "{", "[", "{\"a\"", "{\"a\":", "{\"a\":\"", "{\"a\":\"\\", "{\"b\":[[[", "{\"b\":}",
        "{\"b\":]", "null", "{\"b\":1,}", "{\"b\":{\"c\":1},\"a"}) {
    EXPECT_EQ(claim_of(text, "a"), Value()) << text;
  }
}

TEST(Claim, ReadsEveryBeginningOfJsonWithoutReadingBehindIt) {
  for (std::size_t size = 0; size <= Claims.size(); ++size) {
    const std::string copy(Claims.substr(0, size));  // A sanitizer sees what is read behind it.
    (void)claim_of(copy, "org.deep.er");
    (void)claim_of(copy, "none");
  }
}

}  // namespace
}  // namespace portico::rbac

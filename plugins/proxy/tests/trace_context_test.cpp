// SPDX-License-Identifier: Apache-2.0
#include "message/trace_context.h"

#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

constexpr std::string_view Valid = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

std::string text_of(const TraceContext& context) {
  const TraceContext::Text text = context.text();
  return {text.data(), text.size()};
}

TEST(TraceContext, ReadsAndWritesTheSame) {
  const auto context = parse_traceparent(Valid);
  ASSERT_TRUE(context);
  EXPECT_EQ(text_of(*context), Valid);
}

TEST(TraceContext, RefusesWhatIsMalformed) {
  const std::string_view malformed[] = {
      "",
      "00",
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what",
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-011",
      "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-B7AD6B7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0A",
      "00-00000000000000000000000000000000-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
      "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319cb-7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331.01",
      "00-0af7651916cd43dd8448eb211c80319x-b7ad6b7169203331-01",
      "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.what",
      "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01what",
  };
  for (const std::string_view text : malformed) EXPECT_FALSE(parse_traceparent(text)) << text;
}

TEST(TraceContext, ReadsTheBeginningOfALaterVersion) {
  const auto context =
      parse_traceparent("cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-else");
  ASSERT_TRUE(context);
  EXPECT_EQ(text_of(*context), Valid);
}

TEST(TraceContext, ContinuesTheTraceAsAnotherParent) {
  const auto received =
      parse_traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff");
  ASSERT_TRUE(received);
  EXPECT_EQ(text_of(continued(*received, 0x1234)),
            "00-0af7651916cd43dd8448eb211c80319c-0000000000001234-03");
}

TEST(TraceContext, BeginsATrace) {
  EXPECT_EQ(text_of(begun(0xabc, 0xdef, 0x1)),
            "00-0000000000000abc0000000000000def-0000000000000001-03");
}

TEST(TraceContext, NeverWritesZerosThatMeanNothing) {
  EXPECT_TRUE(parse_traceparent(text_of(begun(0, 0, 0))));
}

TEST(Chance, RepeatsNothing) {
  Chance chance(1);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(chance());
  EXPECT_EQ(seen.size(), 1000U);
}

}  // namespace
}  // namespace portico::proxy

// SPDX-License-Identifier: Apache-2.0
#include "http/h1/trailers.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::http::h1 {
namespace {

std::string written(std::string_view section) {
  loop::Output out;
  write_trailers(section, out);
  return std::string(out.pieces()[0]);
}

TEST(Trailers, ThatSaySomethingOfTheBodyPass) {
  EXPECT_EQ(written("Content-Digest: sha-256=:x:\r\nETag:\t\"a\" \r\ngrpc-status:0\r\nEmpty:\r\n"),
            "Content-Digest: sha-256=:x:\r\nETag: \"a\"\r\ngrpc-status: 0\r\nEmpty: \r\n");
  EXPECT_EQ(written(""), "");
}

TEST(Trailers, ThatSaySomethingElseDoNot) {
  for (const std::string_view name : {"Content-Length",
                                      "transfer-encoding",
                                      "Host",
                                      "CONNECTION",
                                      "Trailer",
                                      "TE",
                                      "Close",
                                      "Authorization",
                                      "cookie",
                                      "Set-Cookie",
                                      "If-Match",
                                      "Proxy-Anything",
                                      "X-Forwarded-For",
                                      "Forwarded",
                                      "Sec-Fetch-Site",
                                      "Access-Control-Allow-Origin",
                                      "Content-Type",
                                      "Expect",
                                      "X-Real-Ip",
                                      "Location",
                                      "Cache-Control"}) {
    EXPECT_FALSE(may_trail(name)) << name;
    EXPECT_EQ(written("A: 1\r\n" + std::string(name) + ": x\r\nB: 2\r\n"), "A: 1\r\nB: 2\r\n");
  }
  for (const std::string_view name : {"I", "If", "Contents", "X-Forwarded", "Secret"}) {
    EXPECT_TRUE(may_trail(name)) << name;
  }
}

TEST(Trailers, AreTakenByThoseWhoSaySo) {
  EXPECT_TRUE(takes_trailers("trailers"));
  EXPECT_TRUE(takes_trailers("gzip;q=0.5 ,\tTrailers"));
  EXPECT_FALSE(takes_trailers("gzip, trailer"));
  EXPECT_FALSE(takes_trailers(""));
}

}  // namespace
}  // namespace portico::http::h1

// SPDX-License-Identifier: Apache-2.0
#include "origin.h"

#include "origins.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::cors {
namespace {

using namespace std::string_view_literals;

struct Written {
  std::string_view text;
  std::string_view fault;  ///< What the sentence begins with; empty: it is taken.
};

class WrittenOrigin : public testing::TestWithParam<Written> {};

TEST_P(WrittenOrigin, IsTakenOrToldWhatIsWrong) {
  const std::string fault = fault_of_origin(GetParam().text);
  if (GetParam().fault.empty()) {
    EXPECT_EQ(fault, "");
  } else {
    EXPECT_EQ(fault.substr(0, GetParam().fault.size()), GetParam().fault);
    EXPECT_NE(fault.find("; "), std::string::npos) << "no remedy: " << fault;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Taken, WrittenOrigin,
    testing::Values(Written{"*", ""}, Written{"null", ""}, Written{"https://app.example.com", ""},
                    Written{"HTTPS://App.Example.COM:443", ""},
                    Written{"http://localhost:3000", ""}, Written{"http://localhost:*", ""},
                    Written{"http://127.0.0.1:8080", ""}, Written{"http://[::1]:8080", ""},
                    Written{"https://*.example.com", ""}, Written{"https://*.example.com:8443", ""},
                    Written{"https://*.example.com:*", ""}, Written{"http://*.localhost:*", ""},
                    Written{"capacitor://localhost", ""},
                    Written{"chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai", ""}));

INSTANTIATE_TEST_SUITE_P(
    Refused, WrittenOrigin,
    testing::Values(Written{"", "has no scheme"}, Written{"app.example.com", "has no scheme"},
                    Written{"//app.example.com", "has no scheme"},
                    Written{"https:app.example.com", "has no scheme"},
                    Written{"://app.example.com", "has no scheme"},
                    Written{"https://app.example.com/",
                            "has a path; write https://app.example.com"},
                    Written{"https://app.example.com/a?b", "has a path"},
                    Written{"https://app.example.com?b", "has a path"},
                    Written{"https://app.example.com#b", "has a path"},
                    Written{"https://ada@app.example.com", "has a user"},
                    Written{"https://ada:pw@app.example.com", "has a user"},
                    Written{"https://", "has a host that is none"},
                    Written{"https://a b", "has a host that is none"},
                    Written{"https://a..b", "has a host that is none"},
                    Written{"https://a\r\nb", "has a host that is none"},
                    Written{"https://example.com.", "has a host that is none"},
                    Written{"https://a:0", "has a port"}, Written{"https://a:65536", "has a port"},
                    Written{"https://a:", "has a port"}, Written{"https://a:8o", "has a port"},
                    Written{"https://*", "a * stands"}, Written{"*://example.com", "has no scheme"},
                    Written{"https://app.*", "a * stands"},
                    Written{"https://a*.example.com", "a * stands"},
                    Written{"https://*.*.example.com", "a * stands"},
                    Written{"https://*example.com", "a * stands"},
                    Written{"https://*.com", "a whole top-level domain"},
                    Written{"https://*..com", "has a host that is none"},
                    Written{"https://*.0.0.1", "an address has no names"}));

TEST(WrittenOrigin, IsKeptAsABrowserWritesIt) {
  EXPECT_EQ(parse_origin("HTTPS://App.Example.COM:443").text, "https://app.example.com");
  EXPECT_EQ(parse_origin("http://a:80").text, "http://a");
  EXPECT_EQ(parse_origin("http://a:443").text, "http://a:443");
  EXPECT_EQ(parse_origin("http://[::1]:8080").text, "http://[::1]:8080");
}

TEST(Origins, AreComparedExactly) {
  const Origins origins({"https://app.example.com", "http://localhost:3000"});
  EXPECT_TRUE(origins.allow("https://app.example.com"));
  EXPECT_TRUE(origins.allow("http://localhost:3000"));
  for (const std::string_view origin :
       {"http://app.example.com"sv, "https://app.example.com:8443"sv, "https://example.com"sv,
        "https://app.example.com.evil.com"sv, "https://app.example.com/"sv,
        "https://app.example.com@evil.com"sv, "https://evil.com#https://app.example.com"sv,
        "https://app.example.comevil"sv, "xhttps://app.example.com"sv, " https://app.example.com"sv,
        "https://app.example.com https://evil.com"sv, "https://app.example.com, https://b"sv,
        "https://APP.example.com"sv, "https://app.example.com:443"sv, "http://localhost"sv,
        "https://app.example.com\0"sv, "null"sv, "*"sv, ""sv}) {
    EXPECT_FALSE(origins.allow(origin)) << origin;
  }
}

TEST(Origins, BelowAHostAreWholeNames) {
  const Origins origins({"https://*.example.com"});
  EXPECT_TRUE(origins.allow("https://a.example.com"));
  EXPECT_TRUE(origins.allow("https://a.b-c.example.com"));
  for (const std::string_view origin : {"https://example.com"sv,
                                        "http://a.example.com"sv,
                                        "https://a.example.com:8443"sv,
                                        "https://example.com.evil.com"sv,
                                        "https://a.example.com.evil.com"sv,
                                        "https://evilexample.com"sv,
                                        "https://.example.com"sv,
                                        "https://a..example.com"sv,
                                        "https://evil.com/.example.com"sv,
                                        "https://evil.com?.example.com"sv,
                                        "https://evil.com#.example.com"sv,
                                        "https://evil.com@a.example.com"sv,
                                        "https://evil.com\\.example.com"sv,
                                        "https://evil.com%2f.example.com"sv,
                                        "https://evil.com\0.example.com"sv,
                                        "https://evil.com\r\n.example.com"sv,
                                        "https://evil.com:80.example.com"sv,
                                        "https://A.example.com"sv,
                                        "https://a.example.com:"sv,
                                        "https://a.example.com."sv,
                                        "https://*.example.com"sv,
                                        "https://[::1].example.com"sv,
                                        "https:///a.example.com"sv,
                                        "null"sv}) {
    EXPECT_FALSE(origins.allow(origin)) << origin;
  }
  EXPECT_FALSE(origins.allow("https://" + std::string(300, 'a') + ".example.com"));
  EXPECT_FALSE(origins.allow("https://" + std::string(100'000, '.') + ".example.com"));
}

TEST(Origins, MayHaveAPatternOfPorts) {
  const Origins origins({"http://localhost:*", "https://*.example.com:8443"});
  EXPECT_TRUE(origins.allow("http://localhost"));
  EXPECT_TRUE(origins.allow("http://localhost:1"));
  EXPECT_TRUE(origins.allow("http://localhost:65535"));
  EXPECT_TRUE(origins.allow("https://a.example.com:8443"));
  for (const std::string_view origin :
       {"http://localhost:"sv, "http://localhost:0"sv, "http://localhost:65536"sv,
        "http://localhost:1:2"sv, "http://localhost:8o"sv, "http://localhost:80@evil.com"sv,
        "http://localhost:80/"sv, "http://localhost.evil.com"sv, "https://localhost:1"sv,
        "https://a.example.com"sv, "https://a.example.com:84430"sv}) {
    EXPECT_FALSE(origins.allow(origin)) << origin;
  }
}

TEST(Origins, AreNullOnlyWhenWritten) {
  EXPECT_FALSE(Origins({"https://a.example.com", "https://*.example.org"}).allow("null"));
  EXPECT_TRUE(Origins({"null"}).allow("null"));
  EXPECT_FALSE(Origins({"null"}).allow("NULL"));
}

TEST(Origins, AreFoundAmongTenThousand) {
  std::vector<std::string> written;
  written.reserve(10'000);
  for (int i = 0; i < 10'000; ++i) written.push_back("https://o" + std::to_string(i) + ".example");
  const Origins origins(written);
  EXPECT_TRUE(origins.allow("https://o0.example"));
  EXPECT_TRUE(origins.allow("https://o9999.example"));
  EXPECT_FALSE(origins.allow("https://o10000.example"));
}

}  // namespace
}  // namespace portico::cors

// SPDX-License-Identifier: Apache-2.0
#include "message/forwarding.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

std::string forwarded(const Way& way) {
  Draft draft;
  append_forwarded(way, draft);
  return draft;
}

TEST(Forwarding, SaysForwardedAsRfc7239Does) {
  EXPECT_EQ(forwarded({.peer = "192.0.2.1", .scheme = "http", .host = "example.com"}),
            "for=192.0.2.1;host=example.com;proto=http");
}

TEST(Forwarding, QuotesWhatIsNoToken) {
  EXPECT_EQ(forwarded({.peer = "2001:db8::1", .scheme = "https", .host = "example.com:8443"}),
            R"(for="[2001:db8::1]";host="example.com:8443";proto=https)");
  EXPECT_EQ(forwarded({.peer = "192.0.2.1", .scheme = "http", .host = R"(a"b\)"}),
            R"(for=192.0.2.1;host="a\"b\\";proto=http)");
}

TEST(Forwarding, SaysUnknownOfASocketInTheFileSystem) {
  EXPECT_EQ(forwarded({.peer = "", .scheme = "http"}), "for=unknown;proto=http");
}

TEST(Forwarding, FindsThePort) {
  EXPECT_EQ(port_of({.scheme = "http", .host = "a:8080"}), "8080");
  EXPECT_EQ(port_of({.scheme = "http", .host = "a"}), "80");
  EXPECT_EQ(port_of({.scheme = "https", .host = "[::1]"}), "443");
  EXPECT_EQ(port_of({.scheme = "https", .host = "[::1]:81"}), "81");
  EXPECT_EQ(port_of({.scheme = "https", .host = "a:"}), "443");
  EXPECT_EQ(port_of({.scheme = "https", .host = ""}), "443");
}

}  // namespace
}  // namespace portico::proxy

// SPDX-License-Identifier: Apache-2.0
#include "upstream/target_url.h"

#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

TEST(TargetUrl, ReadsAnAddress) {
  const TargetUrl target("http://127.0.0.1:4000");
  EXPECT_EQ(target.scheme(), Scheme::Http);
  EXPECT_EQ(target.address(), "127.0.0.1:4000");
  EXPECT_EQ(target.authority(), "127.0.0.1:4000");
  EXPECT_FALSE(target.is_name());
}

TEST(TargetUrl, FillsInThePortOfTheScheme) {
  EXPECT_EQ(TargetUrl("http://192.0.2.1").address(), "192.0.2.1:80");
  EXPECT_EQ(TargetUrl("https://192.0.2.1/").address(), "192.0.2.1:443");
  EXPECT_EQ(TargetUrl("https://192.0.2.1:443").authority(), "192.0.2.1");
}

TEST(TargetUrl, ReadsIpv6) {
  const TargetUrl target("http://[2001:DB8::1]:8080");
  EXPECT_EQ(target.address(), "[2001:db8::1]:8080");
  EXPECT_EQ(TargetUrl("http://[::1]").authority(), "[::1]");
}

TEST(TargetUrl, ReadsNames) {
  const TargetUrl target("HTTPS://App_1.Internal:8443");
  EXPECT_TRUE(target.is_name());
  EXPECT_EQ(target.scheme(), Scheme::Https);
  EXPECT_EQ(target.authority(), "app_1.internal:8443");
}

TEST(TargetUrl, ReadsSockets) {
  EXPECT_EQ(TargetUrl("unix:/run/app.sock").address(), "unix:/run/app.sock");
  EXPECT_EQ(TargetUrl("http+unix:/run/app.sock").scheme(), Scheme::Http);
  EXPECT_EQ(TargetUrl("http+unix:///run/app.sock").address(), "unix:/run/app.sock");
  const TargetUrl sealed("https+unix:/run/app.sock");
  EXPECT_EQ(sealed.scheme(), Scheme::Https);
  EXPECT_EQ(sealed.authority(), "localhost");
}

TEST(TargetUrl, SaysWhatIsWrongAndWhatToWrite) {
  const std::pair<std::string_view, std::string_view> faults[] = {
      {"", "has no scheme; write http://127.0.0.1:4000"},
      {"127.0.0.1:4000", "has no scheme; write http://127.0.0.1:4000"},
      {"ftp://a", "the scheme \"ftp\" is not known; write http://, https:// or unix:/path"},
      {"http://", "has no host; write one, such as http://127.0.0.1:4000"},
      {"http:///x",
       "a target has no path; leave \"/x\" out, and write `add_prefix` where a route "
       "needs it"},
      {"http://a/b?c",
       "a target has no path; leave \"/b?c\" out, and write `add_prefix` where a "
       "route needs it"},
      {"http://a?b",
       "a target has no path; leave \"?b\" out, and write `add_prefix` where a route "
       "needs it"},
      {"http://u:p@a", "a target bears no user; leave it out, and set Authorization by `headers`"},
      {"http://a:0", "\"0\" is no port; write 1 to 65535"},
      {"http://a:65536", "\"65536\" is no port; write 1 to 65535"},
      {"http://a:", "\"\" is no port; write 1 to 65535"},
      {"http://a:8o", "\"8o\" is no port; write 1 to 65535"},
      {"http://[::1]8080", "\"8080\" is no port; write 1 to 65535"},
      {"http://256.1.1.1", "\"256.1.1.1\" is no address; IPv4 is 192.0.2.1"},
      {"http://1.2.3", "\"1.2.3\" is no address; IPv4 is 192.0.2.1"},
      {"http://[::g]", "\"[::g]\" is no IPv6 address; write one as in http://[2001:db8::1]:4000"},
      {"http://[", "\"[\" is no IPv6 address; write one as in http://[2001:db8::1]:4000"},
      {"http://[]", "\"[]\" is no IPv6 address; write one as in http://[2001:db8::1]:4000"},
      {"http://::1", "an IPv6 address stands in brackets; write http://[::1]"},
      {"http://a b", "\"a b\" is no name of a host; write one such as app.internal"},
      {"http://-a", "\"-a\" is no name of a host; write one such as app.internal"},
      {"http://a..b", "\"a..b\" is no name of a host; write one such as app.internal"},
      {"http://unix:/a", "a socket has no host; write unix:/a"},
      {"https://unix:/a", "a socket has no host; write https+unix:/a"},
      {"unix:", "names no socket; write an absolute path, such as unix:/run/app.sock"},
      {"unix:a", "names no socket; write an absolute path, such as unix:/run/app.sock"},
      {"unix:/", "names no socket; write an absolute path, such as unix:/run/app.sock"},
  };
  for (const auto& [text, fault] : faults) EXPECT_EQ(fault_of_target(text), fault) << text;
}

TEST(TargetUrl, RefusesASocketWhosePathTheSystemWouldCut) {
  EXPECT_EQ(fault_of_target("unix:/" + std::string(106, 'a')), "");
  EXPECT_EQ(fault_of_target("unix:/" + std::string(107, 'a')),
            "the socket's path has 108 characters; 107 is the most");
}

TEST(TargetUrl, ThrowsWhatWasNotAskedAbout) {
  EXPECT_THROW(TargetUrl("nonsense"), std::invalid_argument);
}

}  // namespace
}  // namespace portico::proxy

// SPDX-License-Identifier: Apache-2.0
#include "config/units.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace portico::config {
namespace {

/// scheme|user|password|host|port|path, or the error.
std::string parts_of(std::string_view text) {
  const auto url = parse_url(text);
  if (!url) return url.error();
  return url->scheme + '|' + url->user + '|' + url->password + '|' + url->host + '|' +
         std::to_string(url->port) + '|' + url->path;
}

struct Case {
  std::string_view text;
  std::string_view result;
};

TEST(Url, IsTakenApart) {
  for (const auto& [text, parts] : std::vector<Case>{
           {"http://127.0.0.1:4000", "http|||127.0.0.1|4000|"},
           {"HTTPS://API.Example.com/v1?x=1", "https|||api.example.com|443|/v1?x=1"},
           {"http://example.com?x", "http|||example.com|80|?x"},
           {"redis://:s%40e%3Acret@cache:6380/0", "redis||s@e:cret|cache|6380|/0"},
           {"rediss://cache", "rediss|||cache|6379|"},
           {"postgresql://app:pw@db/portico", "postgresql|app|pw|db|5432|/portico"},
           {"smtp://127.0.0.1", "smtp|||127.0.0.1|25|"},
           {"smtps://mail.example.com", "smtps|||mail.example.com|465|"},
           {"ws://h/s", "ws|||h|80|/s"},
           {"wss://h/s", "wss|||h|443|/s"},
           {"amqp://queue", "amqp|||queue|0|"},
           {"http://[2001:DB8::1]:80/", "http|||2001:db8::1|80|/"},
           {"http://[::1]", "http|||::1|80|"},
           {"http://my_service.internal", "http|||my_service.internal|80|"},
           {"unix:/run/app.sock", "unix||||0|/run/app.sock"},
           {"unix:///run/app.sock", "unix||||0|/run/app.sock"},
           {"sqlite:/var/lib/p.db", "sqlite||||0|/var/lib/p.db"},
           {"sqlite:portico.db", "sqlite||||0|portico.db"},
           {"sqlite::memory:", "sqlite||||0|:memory:"},
           {"sqlite:/home/Jos\xC3\xA9/my data.db", "sqlite||||0|/home/Jos\xC3\xA9/my data.db"}}) {
    EXPECT_EQ(parts_of(text), parts) << text;
  }
}

TEST(Url, IsRefusedWithoutBeingQuoted) {
  for (const auto& [text, error] : std::vector<Case>{
           {"", "the URL is empty; write a URL such as http://127.0.0.1:4000"},
           {"example.com", "the URL has no scheme; write a URL such as http://127.0.0.1:4000"},
           {"1http://x", "the URL has no scheme; write a URL such as http://127.0.0.1:4000"},
           {"localhost:80", "the URL has no // after its scheme; write scheme://host"},
           {"http:/x", "the URL has no // after its scheme; write scheme://host"},
           {"http://", "the URL has no host; write scheme://host"},
           {"file:///etc/passwd", "the URL has no host; write scheme://host"},
           {"http://:80", "the URL has no host; write scheme://host"},
           {"http://a b", "the URL has a blank in it; write %20"},
           {"http://a\tb", "the URL has a control character in it"},
           {"http://a\r\nHost: b", "the URL has a control character in it"},
           {"http://a\x7f", "the URL has a control character in it"},
           {"http://b\xC3\xBC"
            "cher",
            "the URL has a character beyond ASCII in it; write it "
            "percent-encoded"},
           {"http://a\\b", "the URL has a backslash in it; write /"},
           {"http://a/{id}",
            "the URL has a character in it that URLs may not have; write it "
            "percent-encoded"},
           {"http://a/%zz", "the URL has a % that two hexadecimal digits do not follow; write %25"},
           {"http://a/%4", "the URL has a % that two hexadecimal digits do not follow; write %25"},
           {"http://a/#top", "the URL has a fragment; leave # and what follows it out"},
           {"http://a:0", "the URL has a port that is not a number from 1 to 65535"},
           {"http://a:65536", "the URL has a port that is not a number from 1 to 65535"},
           {"http://a:", "the URL has a port that is not a number from 1 to 65535"},
           {"http://a:80x", "the URL has a port that is not a number from 1 to 65535"},
           {"http://a:+80", "the URL has a port that is not a number from 1 to 65535"},
           {"http://a:080", "the URL has a port that is not a number from 1 to 65535"},
           {"http://::1/",
            "the URL has an IPv6 address without brackets, or two ports; write "
            "[2001:db8::1]:80"},
           {"http://[::1",
            "the URL has brackets without an IPv6 address in them; write "
            "[2001:db8::1]"},
           {"http://[127.0.0.1]/",
            "the URL has brackets without an IPv6 address in them; write "
            "[2001:db8::1]"},
           {"http://[::1]80", "the URL has something other than a port after its ]"},
           {"http://a..b", "the URL has a host with an empty part between its dots"},
           {"http://a.", "the URL has a host that ends in a dot; leave it out"},
           {"http://a!b", "the URL has a host with a character that names may not have"},
           {"http://a%41", "the URL has a host with a character that names may not have"},
           {"http://127.1",
            "the URL has a host that is neither a name nor an IPv4 address; write "
            "four numbers from 0 to 255"},
           {"http://2130706433",
            "the URL has a host that is neither a name nor an IPv4 address; "
            "write four numbers from 0 to 255"},
           {"http://0x7f.0.0.0x1",
            "the URL has a host that is neither a name nor an IPv4 "
            "address; write four numbers from 0 to 255"},
           {"http://u@v@h",
            "the URL has more than one @ before its host; write those of the "
            "password as %40"},
           {"http://u:%00@h", "the URL has %00 in its user or password"},
           {"unix:run/x",
            "the URL names a relative file; write unix: and a path that begins with "
            "/"},
           {"unix:", "the URL names no file; write unix:/path"},
           {"unix://host/x", "the URL names a host; write unix:/path"},
           {"sqlite:/a\nb", "the URL has a control character in it"}}) {
    EXPECT_EQ(parts_of(text), error) << text;
  }
  EXPECT_EQ(parts_of("unix:/" + std::string(107, 'x')),
            "the URL names a socket by more than 107 bytes; write a shorter path");
  EXPECT_EQ(parts_of("http://" + std::string(64, 'x')),
            "the URL has a host with a part of more than 63 characters");
}

TEST(Url, ShowsNoPassword) {
  for (const auto& [text, masked] :
       std::vector<Case>{{"redis://:secret@cache:6379/0", "redis://:***@cache:6379/0"},
                         {"postgresql://app:p%40w@db/x?sslmode=require",
                          "postgresql://app:***@db/x?sslmode=require"},
                         {"postgresql://app@db/x?password=pw&a=1&sslkey=f",
                          "postgresql://app@db/x?password=***&a=1&sslkey=***"},
                         {"http://127.0.0.1:80/a:b@c", "http://127.0.0.1:80/a:b@c"},
                         {"https://h/?Access_Token=t", "https://h/?Access_Token=***"},
                         {"sqlite:/var/lib/p.db", "sqlite:/var/lib/p.db"}}) {
    EXPECT_EQ((*parse_url(text)).masked(), masked);
  }
}

TEST(Origin, IsSerialised) {
  for (const auto& [text, origin] :
       std::vector<Case>{{"https://app.example.com", "https://app.example.com"},
                         {"HTTPS://App.Example.COM:443", "https://app.example.com"},
                         {"http://localhost:3000", "http://localhost:3000"},
                         {"http://localhost:80", "http://localhost"},
                         {"https://h:80", "https://h:80"},
                         {"http://[2001:DB8::1]:8080", "http://[2001:db8::1]:8080"},
                         {"capacitor://localhost", "capacitor://localhost"}}) {
    const auto parsed = parse_origin(text);
    ASSERT_TRUE(parsed) << parsed.error();
    EXPECT_EQ((*parsed).text, origin);
  }
}

TEST(Origin, IsRefusedWithWhatToWrite) {
  for (const auto& [text, error] : std::vector<Case>{
           {"*", "\"*\" is not an origin; name each one, such as https://app.example.com"},
           {"null",
            "\"null\" is what every sandboxed frame and local file sends; name the origins "
            "that you trust"},
           {"https://app.example.com/", "the origin has a path; write https://app.example.com"},
           {"https://h:443/a", "the origin has a path; write https://h"},
           {"https://u@h", "the origin has a user in it; write https://h"},
           {"app.example.com",
            "the origin has no scheme; write a URL such as http://127.0.0.1:4000"},
           {"unix:/x", "the origin has no host; write one such as https://app.example.com"},
           {"https://*.example.com",
            "the origin has a host with a character that names may not have"}}) {
    const auto parsed = parse_origin(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error(), error);
  }
}

}  // namespace
}  // namespace portico::config

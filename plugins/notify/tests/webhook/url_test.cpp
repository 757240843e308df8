// SPDX-License-Identifier: Apache-2.0
#include "webhook/url.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::notify::webhook {
namespace {

constexpr UrlRules Literals{.address_literals = true};
constexpr UrlRules Development{.plain_http = true, .private_hosts = true};

void expect_fault(const std::string& url, const UrlRules& rules = {}) {
  const auto fault = fault_of_url(url, rules);
  ASSERT_TRUE(fault) << url;
  EXPECT_TRUE(fault->ends_with('.')) << *fault;
}

void expect_none(const std::string& url, const UrlRules& rules = {}) {
  const auto fault = fault_of_url(url, rules);
  EXPECT_FALSE(fault) << url << ": " << *fault;
}

TEST(WebhookUrl, AcceptsWhatPeopleHave) {
  for (const char* const url :
       {"https://example.com", "https://example.com/", "HTTPS://Hooks.Example.COM/a/b?c=d&e=%20f",
        "https://example.com:443/", "https://example.com:8443/x", "https://example.com:1024/",
        "https://example.com:65535/", "https://xn--bcher-kva.example/", "https://3com.example/@a:b",
        "https://a1.internal.example.com/", "https://localhost.example/",
        "https://1.2.3.4.example/", "https://0xabc.example/"}) {
    expect_none(url);
  }
}

TEST(WebhookUrl, IsHttpsUnlessInDevelopment) {
  expect_fault("http://example.com/");
  expect_none("http://example.com/", {.plain_http = true});
  expect_none("http://example.com:80/", {.plain_http = true});
  for (const char* const url :
       {"", "example.com", "//example.com", "ftp://example.com/", "https:/example.com",
        "https:example.com", "https//example.com", "file:///etc/passwd", "gopher://example.com/",
        " https://example.com/", "javascript://example.com/", "http+unix://example.com/"}) {
    expect_fault(url);
    expect_fault(url, Development);
  }
}

// Case 136: each block that is not public, in the plain spelling, when addresses are allowed.
TEST(WebhookUrl, RefusesAddressesThatAreNotPublic) {
  for (const char* const host : {"127.0.0.1",
                                 "127.255.255.254",
                                 "0.0.0.0",
                                 "0.1.2.3",
                                 "10.0.0.1",
                                 "172.16.0.1",
                                 "172.31.255.255",
                                 "192.168.0.1",
                                 "169.254.169.254",
                                 "100.64.0.1",
                                 "100.127.255.255",
                                 "198.18.0.1",
                                 "198.19.255.255",
                                 "192.0.0.1",
                                 "192.0.2.1",
                                 "224.0.0.1",
                                 "239.255.255.255",
                                 "240.0.0.1",
                                 "255.255.255.255",
                                 "[::1]",
                                 "[::]",
                                 "[::ffff:127.0.0.1]",
                                 "[::ffff:7f00:1]",
                                 "[0:0:0:0:0:ffff:10.0.0.1]",
                                 "[::ffff:192.168.1.1]",
                                 "[::127.0.0.1]",
                                 "[fc00::1]",
                                 "[fd12:3456::1]",
                                 "[fe80::1]",
                                 "[febf::1]",
                                 "[fec0::1]",
                                 "[64:ff9b::7f00:1]",
                                 "[64:ff9b::127.0.0.1]",
                                 "[64:ff9b:1::1]",
                                 "[2002:7f00:1::]",
                                 "[2001::1]",
                                 "[2001:db8::1]",
                                 "[100::1]",
                                 "[ff02::1]",
                                 "[3fff::1]"}) {
    const std::string url = "https://" + std::string(host) + "/hook";
    expect_fault(url);
    expect_fault(url, Literals);
  }
}

TEST(WebhookUrl, AcceptsPublicAddressesWhereTheRulesDo) {
  for (const char* const host :
       {"1.1.1.1", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1", "198.17.0.1",
        "198.20.0.1", "223.255.255.255", "[2606:4700:4700::1111]", "[::ffff:1.1.1.1]"}) {
    const std::string url = "https://" + std::string(host) + ":8443/";
    expect_fault(url);
    expect_none(url, Literals);
  }
}

// Case 136: other spellings of an address, which some resolvers take for 127.0.0.1.
TEST(WebhookUrl, RefusesOddSpellingsOfAddresses) {
  for (const char* const host : {"2130706433",
                                 "0x7f000001",
                                 "0X7F000001",
                                 "017700000001",
                                 "0177.0.0.1",
                                 "0x7f.0.0.1",
                                 "0x7f.1",
                                 "127.1",
                                 "127.0.1",
                                 "127.0.0.01",
                                 "00127.0.0.1",
                                 "127.0.0.1.",
                                 "127.0.0.256",
                                 "1.1.1.1.1",
                                 "0",
                                 "0x",
                                 "1.2.3.0x4",
                                 "4294967297",
                                 "[127.0.0.1]",
                                 "[::1%25lo]",
                                 "[::1%lo]",
                                 "[::1",
                                 "::1",
                                 "[v1.a]",
                                 "[]",
                                 "[::ffff:127.0.0.1]x",
                                 "127%2e0%2e0%2e1",
                                 "\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.1",
                                 "127。0.0.1"}) {
    const std::string url = "https://" + std::string(host) + "/";
    expect_fault(url);
    expect_fault(url, Literals);
    expect_fault(url, {.plain_http = true, .address_literals = true, .private_hosts = true});
  }
}

// Case 136: names that mean something inside alone, with and without a dot at the end.
TEST(WebhookUrl, RefusesInternalNames) {
  for (const char* const host :
       {"localhost", "LOCALHOST", "a.localhost", "internal", "metadata.google.internal",
        "db.Internal", "printer.local", "a.localdomain", "a.intranet", "router.home.arpa",
        "nas.lan", "wiki.corp", "redis", "localhost.", "example.com.", "a.internal.",
        "example.com.."}) {
    expect_fault("https://" + std::string(host) + "/");
  }
}

TEST(WebhookUrl, LetsDevelopersReachTheirOwn) {
  for (const char* const url : {"http://localhost:3000/", "http://127.0.0.1:8080/", "http://redis/",
                                "https://[::1]:8443/", "http://a.internal/"}) {
    expect_none(url, Development);
  }
}

TEST(WebhookUrl, RefusesAHostThatIsNoName) {
  for (const char* const host :
       {"", "-a.example", "a-.example", "a..example", ".example.com", "a_b.example", "a b.example",
        "exa\tmple.com", "ex\nample.com", "bücher.example", "ex%61mple.com", "example.com\\",
        "example.com\\@evil.example", "*.example.com", "a,b.example", "(a).example"}) {
    expect_fault("https://" + std::string(host) + "/");
  }
  const std::string label(63, 'a');
  expect_none("https://" + label + ".example/");
  expect_fault("https://a" + label + ".example/");
  const std::string longest = label + "." + label + "." + label + "." + std::string(61, 'b');
  ASSERT_EQ(longest.size(), 253U);
  expect_none("https://" + longest + "/");
  expect_fault("https://" + longest + "b/");
  expect_fault(std::string("https://example.com\0.internal/", 30));
}

// Case 136: readers disagree on which host stands in these.
TEST(WebhookUrl, RefusesUserInformationAndFragments) {
  for (const char* const url :
       {"https://user@example.com/", "https://user:secret@example.com/", "https://@example.com/",
        "https://example.com@127.0.0.1/", "https://example.com#@evil.example/",
        "https://example.com/#a", "https://example.com/a#", "https://example.com#",
        "https://example.com?x=1"}) {
    expect_fault(url);
    expect_fault(url, Development);
  }
}

TEST(WebhookUrl, KeepsToItsPorts) {
  for (const char* const port :
       {"",    "0",    "1",     "22",    "25",      "80",      "442",
        "444", "1023", "65536", "99999", "0443",    "+443",    "443a",
        "-1",  " 443", "443 ",  "0x1bb", "4430000", "443:443", "4294967739"}) {
    expect_fault("https://example.com:" + std::string(port) + "/");
  }
}

TEST(WebhookUrl, RefusesWhatBreaksTheRequestLine) {
  for (const char* const path :
       {"/a b", "/a\r\nHost: x", "/a\tb", "/\x7f", "/\xc3\xa4", "/a\\b", "/<a>", "/{a}", "/a|b",
        "/%", "/%4", "/%zz", "/%00", "/a?\"b\"", "/^", "/`"}) {
    expect_fault("https://example.com" + std::string(path));
  }
  expect_none("https://example.com/%C3%A4/~a/(b)!$&'*+,;=?/%0d%0a");
}

TEST(WebhookUrl, HasAtMost2048Characters) {
  const std::string start = "https://example.com/";
  expect_none(start + std::string(2048 - start.size(), 'a'));
  expect_fault(start + std::string(2049 - start.size(), 'a'));
}

}  // namespace
}  // namespace portico::notify::webhook

// SPDX-License-Identifier: Apache-2.0
// RFC 9112 §3.2 and RFC 9110 §7.2: which host a request means.
#include "http/h1/fields.h"
#include "unit/http/h1/request_table.h"

namespace portico::http::h1 {
namespace {

std::string with(const std::string& fields, std::string_view version = "1.1") {
  return "GET / HTTP/" + std::string(version) + "\r\n" + fields + "\r\n";
}

TEST(Host, StandsThereOnce) {
  expect_rows({
      {"RFC 9112 §3.2 missing", with("A: b\r\n"), "400 bad_host"},
      {"RFC 9112 §3.2 missing in 1.0", with("A: b\r\n", "1.0"),
       "GET 1.0 path=/ host= body=none close | A=b"},
      {"RFC 9112 §3.2 twice", with("Host: a\r\nHost: b\r\n"), "400 bad_host"},
      {"RFC 9112 §3.2 twice the same", with("Host: a\r\nHost: a\r\n"), "400 bad_host"},
      {"RFC 9112 §3.2 twice in 1.0", with("Host: a\r\nhOST: b\r\n", "1.0"), "400 bad_host"},
      {"RFC 9110 §5.1 its name in any case", with("hOsT: a\r\n"), "GET 1.1 path=/ host=a"},
      {"RFC 9112 §3.2 empty, though http has an authority", with("Host:\r\n"), "400 bad_host"},
      {"RFC 9112 §3.2 a list", with("Host: a, b\r\n"), "400 bad_host"},
      {"RFC 9112 §3.2 malformed, beside an absolute form",
       "GET http://a/ HTTP/1.1\r\nHost: a b\r\n\r\n", "400 bad_host"},
      {"RFC 9112 §3.2 missing, beside an absolute form", "GET http://a/ HTTP/1.1\r\n\r\n",
       "400 bad_host"},
      {"RFC 9112 §3.2.2 another than the absolute form's: nobody sees it",
       "GET http://a/ HTTP/1.1\r\nHost: evil\r\n\r\n",
       "GET 1.1 scheme=http path=/ host=a body=none keep | Host=a"},
  });
}

TEST(Host, HasTheSyntaxOfAnAuthority) {
  const std::string longest = std::string(255, 'a');
  for (const std::string_view good :
       {"a", "A.b-c_d.example", "example.com.", "10.0.0.1", "a:", "a:0", "a:65535", "[::1]",
        "[2001:db8::1]:8080", "[::ffff:10.0.0.1]", "[::1]:"}) {
    EXPECT_TRUE(is_authority(good)) << good;
  }
  for (const std::string_view bad :
       {"",        ".",          ":80",
        "a:65536", "a:999999",   "a:8o",
        "a:-1",    "a:+1",       "a:1:2",
        "a..b",    ".a",         "a..",
        "a/b",     "a?b",        "u@a",
        "a\\b",    "a%62",       "a b",
        "a,b",     "a\"",        "\xc3\xa9",
        "[::1",    "::1",        "[]",
        "[::1]x",  "[::1]:x",    "[::1%25eth0]",
        "[v1.a]",  "[10.0.0.1]", "[0000:0000:0000:0000:0000:0000:0000:0000:0000:0000]"}) {
    EXPECT_FALSE(is_authority(bad)) << bad;
  }
  EXPECT_TRUE(is_authority(longest));
  EXPECT_FALSE(is_authority(longest + "a"));
}

}  // namespace
}  // namespace portico::http::h1

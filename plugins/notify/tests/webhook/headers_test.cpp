// SPDX-License-Identifier: Apache-2.0
#include "webhook/headers.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace portico::notify::webhook {
namespace {

TEST(WebhookHeaders, AcceptOnesOwn) {
  EXPECT_FALSE(fault_of_header("X-Token", "Bearer abc.def"));
  EXPECT_FALSE(fault_of_header("Authorization", "Basic YTpi"));
  EXPECT_FALSE(fault_of_header("Contented", "!\"#~"));
  EXPECT_FALSE(fault_of_header("x", std::string(1024, 'a')));
}

TEST(WebhookHeaders, RefuseWhatTheGatewaySays) {
  for (const char* const name : {"Host",
                                 "host",
                                 "Connection",
                                 "Keep-Alive",
                                 "TE",
                                 "Trailer",
                                 "Transfer-Encoding",
                                 "Upgrade",
                                 "Proxy-Authorization",
                                 "proxy-connection",
                                 "Content-Length",
                                 "content-type",
                                 "Content-Encoding",
                                 "webhook-id",
                                 "Webhook-Signature",
                                 "WEBHOOK-X",
                                 "Expect",
                                 "Via",
                                 "HTTP2-Settings",
                                 "Accept-Encoding"}) {
    const auto fault = fault_of_header(name, "a");
    ASSERT_TRUE(fault) << name;
    EXPECT_TRUE(fault->ends_with('.'));
  }
}

TEST(WebhookHeaders, RefuseNamesThatAreNoToken) {
  for (const char* const name :
       {"", "a b", "a:", "a\r\nb", "(a)", "a/b", "\xc3\xa4", ":authority"}) {
    EXPECT_TRUE(fault_of_header(name, "a")) << name;
  }
  EXPECT_FALSE(fault_of_header(std::string(128, 'a'), "a"));
  EXPECT_TRUE(fault_of_header(std::string(129, 'a'), "a"));
}

TEST(WebhookHeaders, RefuseValuesThatAreNotVisible) {
  for (const char* const value :
       {"", " ", " a", "a ", "a\r\nX: y", "a\nb", "a\tb", "\x7f", "\xc3\xa4", "a\rb"}) {
    EXPECT_TRUE(fault_of_header("X-A", value)) << value;
  }
  EXPECT_TRUE(fault_of_header("X-A", std::string("a\0b", 3)));
  EXPECT_TRUE(fault_of_header("X-A", std::string(1025, 'a')));
}

TEST(WebhookHeaders, AreTwentyAtMostAndEachOnce) {
  std::vector<std::pair<std::string, std::string>> headers;
  headers.reserve(21);
  for (int i = 0; i < 20; ++i) headers.emplace_back("X-" + std::to_string(i), "a");
  EXPECT_FALSE(fault_of_headers(headers));
  headers.emplace_back("X-20", "a");
  EXPECT_TRUE(fault_of_headers(headers));
  headers.resize(2);
  headers.emplace_back("x-1", "b");
  EXPECT_TRUE(fault_of_headers(headers));
  headers.back() = {"Host", "b"};
  EXPECT_TRUE(fault_of_headers(headers));
}

}  // namespace
}  // namespace portico::notify::webhook

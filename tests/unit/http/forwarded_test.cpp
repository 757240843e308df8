// SPDX-License-Identifier: Apache-2.0
#include "http/forwarded.h"

#include "http/header_list.h"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace portico::http {
namespace {

using Fields = std::initializer_list<std::pair<const char*, const char*>>;

Cidr block(std::string_view address, std::uint8_t prefix) {
  return Cidr{parse_address(address).value(), prefix};
}

struct Found {
  std::string address;
  std::string scheme;
  std::size_t fields;
};

/// Proxies at 10.0.0.0/8 and fd00::/8 are trusted.
Found find(const char* peer, Fields fields) {
  base::Arena arena;
  detail::HeaderList headers(arena);
  for (const auto& [name, value] : fields) headers.add_received(name, value);
  const std::vector<Cidr> trusted{block("10.0.0.0", 104), block("fd00::", 8)};
  const Client client =
      find_client(headers, parse_address(peer).value(), {peer, "http"}, trusted, arena);
  return {std::string(client.address), std::string(client.scheme), headers.size()};
}

TEST(Forwarded, IsRemovedFromPeersThatAreNotTrusted) {
  const Found found = find("192.0.2.1", {{"Accept", "*/*"},
                                         {"X-Forwarded-For", "1.2.3.4"},
                                         {"x-forwarded-proto", "https"},
                                         {"X-Forwarded-Anything", "x"},
                                         {"Forwarded", "for=1.2.3.4"},
                                         {"X-Real-IP", "1.2.3.4"},
                                         {"X-Forwarded-For", "5.6.7.8"}});
  EXPECT_EQ(found.address, "192.0.2.1");
  EXPECT_EQ(found.scheme, "http");
  EXPECT_EQ(found.fields, 1u);
}

TEST(Forwarded, NamesTheLastAddressThatIsNoTrustedProxy) {
  EXPECT_EQ(find("10.0.0.1", {{"X-Forwarded-For", "6.6.6.6, 192.0.2.7, 10.0.0.2"}}).address,
            "192.0.2.7");
  EXPECT_EQ(
      find("10.0.0.1", {{"X-Forwarded-For", "6.6.6.6,192.0.2.7"}, {"X-Forwarded-For", "10.9.9.9"}})
          .address,
      "192.0.2.7");
  EXPECT_EQ(find("fd00::1", {{"X-Forwarded-For", "2001:DB8::0:1"}}).address, "2001:db8::1");
}

TEST(Forwarded, NamesTheFirstProxyWhenAllAreTrusted) {
  EXPECT_EQ(find("10.0.0.1", {{"X-Forwarded-For", "10.0.0.3, 10.0.0.2"}}).address, "10.0.0.3");
  EXPECT_EQ(find("10.0.0.1", {}).address, "10.0.0.1");
}

TEST(Forwarded, BelievesNothingBeforeSomethingUnreadable) {
  EXPECT_EQ(find("10.0.0.1", {{"X-Forwarded-For", "192.0.2.7, unknown, 10.0.0.2"}}).address,
            "10.0.0.2");
  EXPECT_EQ(find("10.0.0.1", {{"X-Forwarded-For", "192.0.2.7,"}}).address, "10.0.0.1");
}

TEST(Forwarded, AcceptsAddressesWithPorts) {
  EXPECT_EQ(find("10.0.0.1", {{"X-Forwarded-For", "192.0.2.7:4711"}}).address, "192.0.2.7");
  EXPECT_EQ(find("10.0.0.1", {{"X-Forwarded-For", "[2001:db8::7]:80"}}).address, "2001:db8::7");
  EXPECT_EQ(find("10.0.0.1", {{"X-Forwarded-For", "::ffff:192.0.2.7"}}).address, "192.0.2.7");
}

TEST(Forwarded, TakesTheSchemeFromTheNearestProxy) {
  EXPECT_EQ(find("10.0.0.1", {{"X-Forwarded-Proto", "https"}}).scheme, "https");
  EXPECT_EQ(find("10.0.0.1", {{"X-Forwarded-Proto", "https, HTTP"}}).scheme, "http");
  EXPECT_EQ(find("10.0.0.1", {{"X-Forwarded-Proto", "javascript"}}).scheme, "http");
}

}  // namespace
}  // namespace portico::http

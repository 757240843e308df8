// SPDX-License-Identifier: Apache-2.0
#include "http/proxy_header.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::http {
namespace {

using namespace std::string_literals;
using h1::Parsed;

const std::string Signature("\r\n\r\n\0\r\nQUIT\n", 12);
const std::string Request = "GET / HTTP/1.1\r\n";

std::string text(const std::optional<Endpoint>& endpoint) {
  if (!endpoint) return "-";
  std::array<char, AddressRoom> space{};
  return std::string(write_address(endpoint->address, space)) + " " +
         std::to_string(endpoint->port);
}

/// "more", "refused", or "SIZE SOURCE > DESTINATION".
std::string parsed(std::string_view bytes) {
  const ProxyHeader header = parse_proxy_header(bytes);
  if (header.state == Parsed::More) return "more";
  if (header.state == Parsed::Refused) return "refused";
  return std::to_string(header.size) + " " + text(header.source) + " > " + text(header.destination);
}

/// Version 2: command, family, and the block behind its length.
std::string binary(unsigned char command, unsigned char family, const std::string& block) {
  std::string header = Signature;
  header += static_cast<char>(command);
  header += static_cast<char>(family);
  header += static_cast<char>(block.size() >> 8U);
  header += static_cast<char>(block.size() & 0xFFU);
  return header + block;
}

const std::string V4 = "\x0A\x01\x02\x03\xC0\x00\x02\x01\x30\x39\x01\xBB"s;
const std::string V6 =
    "\xFD"s + std::string(14, '\0') + "\x01\xFD"s + std::string(14, '\0') + "\x02\x00\x01\xFF\xFF"s;

TEST(ProxyHeader, ReadsALine) {
  EXPECT_EQ(parsed("PROXY TCP4 10.1.2.3 192.0.2.1 12345 443\r\n" + Request),
            "41 10.1.2.3 12345 > 192.0.2.1 443");
  EXPECT_EQ(parsed("PROXY TCP6 fd00::1 ::ffff:192.0.2.1 0 65535\r\n"),
            "45 fd00::1 0 > 192.0.2.1 65535");
}

TEST(ProxyHeader, TakesTheLongestLine) {
  const std::string address = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
  const std::string line = "PROXY TCP6 " + address + " " + address + " 65535 65535\r\n";
  EXPECT_EQ(line.size(), 104U);
  EXPECT_TRUE(parsed(line).starts_with("104 ffff:"));
  const std::string unknown = "PROXY UNKNOWN " + address + " " + address + " 65535 65535\r\n";
  EXPECT_EQ(unknown.size(), 107U);
  EXPECT_EQ(parsed(unknown), "107 - > -");
}

TEST(ProxyHeader, RefusesALongerLine) {
  const std::string line = "PROXY UNKNOWN " + std::string(92, 'x');
  EXPECT_EQ(parsed(line), "more");
  EXPECT_EQ(parsed(line + "\r\n"), "refused");
  EXPECT_EQ(parsed(line + "x"), "refused");
  EXPECT_EQ(parsed(line + "\r"), "refused");
}

TEST(ProxyHeader, LooksAtNothingBehindUnknown) {
  EXPECT_EQ(parsed("PROXY UNKNOWN\r\n"), "15 - > -");
  EXPECT_EQ(parsed("PROXY UNKNOWN what ever\r\n" + Request), "25 - > -");
}

TEST(ProxyHeader, RefusesOtherLines) {
  for (const std::string_view line : {"PROXY TCP4 10.1.2.3 192.0.2.1 12345 443\n",
                                      "PROXY  TCP4 10.1.2.3 192.0.2.1 1 2\r\n",
                                      "PROXY TCP4 10.1.2.3  192.0.2.1 1 2\r\n",
                                      "PROXY TCP4 10.1.2.3 192.0.2.1 1 2 \r\n",
                                      "PROXY TCP4 10.1.2.3 192.0.2.1 1\r\n",
                                      "PROXY TCP4 10.1.2.3 192.0.2.1 1 2 3\r\n",
                                      "PROXY TCP4 10.1.2.3 192.0.2.1 01 2\r\n",
                                      "PROXY TCP4 10.1.2.3 192.0.2.1 +1 2\r\n",
                                      "PROXY TCP4 10.1.2.3 192.0.2.1 65536 2\r\n",
                                      "PROXY TCP4 10.1.2.3 192.0.2.1 -1 2\r\n",
                                      "PROXY TCP4 fd00::1 fd00::2 1 2\r\n",
                                      "PROXY TCP6 10.1.2.3 192.0.2.1 1 2\r\n",
                                      "PROXY TCP4 010.1.2.3 192.0.2.1 1 2\r\n",
                                      "PROXY TCP4 10.1.2 192.0.2.1 1 2\r\n",
                                      "PROXY TCP4 ::ffff:10.1.2.3 192.0.2.1 1 2\r\n",
                                      "PROXY TCP6 fd00::1%lo fd00::2 1 2\r\n",
                                      "PROXY TCP6 [fd00::1] fd00::2 1 2\r\n",
                                      "PROXY tcp4 10.1.2.3 192.0.2.1 1 2\r\n",
                                      "PROXY UDP4 10.1.2.3 192.0.2.1 1 2\r\n",
                                      "PROXY TCP4\r\n",
                                      "PROXY \r\n",
                                      "PROXY\r\n",
                                      "proxy UNKNOWN\r\n",
                                      "PROXY UNKNOWN\r\r\n",
                                      "PROXY UNKNOWN\ta\r\n",
                                      "GET / HTTP/1.1\r\n",
                                      "PROXY UNKNOWN\x80\r\n",
                                      " PROXY UNKNOWN\r\n"}) {
    EXPECT_EQ(parsed(line), "refused") << line;
  }
  EXPECT_EQ(parsed("PROXY UNKNOWN\0\r\n"s), "refused");
}

TEST(ProxyHeader, ReadsTheBinaryForm) {
  EXPECT_EQ(parsed(binary(0x21, 0x11, V4) + Request), "28 10.1.2.3 12345 > 192.0.2.1 443");
  EXPECT_EQ(parsed(binary(0x21, 0x21, V6)), "52 fd00::1 1 > fd00::2 65535");
}

TEST(ProxyHeader, LeavesTheBalancersOwnConnectionsAlone) {
  EXPECT_EQ(parsed(binary(0x20, 0x00, "")), "16 - > -");
  EXPECT_EQ(parsed(binary(0x20, 0x11, V4)), "28 - > -");
  EXPECT_EQ(parsed(binary(0x20, 0x99, "what ever") + Request), "25 - > -");
  EXPECT_EQ(parsed(binary(0x21, 0x00, "what ever")), "25 - > -");
  EXPECT_EQ(parsed(binary(0x21, 0x31, std::string(216, 'u'))), "232 - > -");
}

TEST(ProxyHeader, SkipsExtensions) {
  EXPECT_EQ(parsed(binary(0x21, 0x11, V4 + "\x01\x00\x02h2\x04\x00\x00"s)),
            "36 10.1.2.3 12345 > 192.0.2.1 443");
  for (const std::string& damaged :
       {"\x01"s, "\x01\x00"s, "\x01\x00\x01"s, "\x01\x00\x02h2\x04\x00\x01"s, "\x01\xFF\xFFx"s}) {
    EXPECT_EQ(parsed(binary(0x21, 0x11, V4 + damaged)), "refused");
  }
}

TEST(ProxyHeader, RefusesOtherBinaryForms) {
  EXPECT_EQ(parsed(binary(0x11, 0x11, V4)), "refused");
  EXPECT_EQ(parsed(binary(0x22, 0x11, V4)), "refused");
  EXPECT_EQ(parsed(binary(0x21, 0x12, V4)), "refused");
  EXPECT_EQ(parsed(binary(0x21, 0x41, V4)), "refused");
  EXPECT_EQ(parsed(binary(0x21, 0x11, V4.substr(1))), "refused");
  EXPECT_EQ(parsed(binary(0x21, 0x21, V4)), "refused");
  EXPECT_EQ(parsed(binary(0x21, 0x31, std::string(215, 'u'))), "refused");
  EXPECT_EQ(parsed("\r\n\r\nGET / HTTP/1.1\r\n"), "refused");
}

TEST(ProxyHeader, BoundsTheBinaryForm) {
  EXPECT_EQ(parsed(binary(0x20, 0x00, std::string(4080, 'x'))), "4096 - > -");
  EXPECT_EQ(parsed(binary(0x20, 0x00, std::string(4081, 'x')).substr(0, 16)), "refused");
}

TEST(ProxyHeader, WaitsForEveryByte) {
  for (const std::string& whole :
       {"PROXY TCP4 10.1.2.3 192.0.2.1 12345 443\r\n"s, "PROXY UNKNOWN\r\n"s,
        binary(0x21, 0x11, V4), binary(0x21, 0x21, V6 + "\x04\x00\x03xyz"s),
        binary(0x20, 0x00, "")}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      EXPECT_EQ(parsed(whole.substr(0, size)), "more") << size;
    }
    EXPECT_TRUE(parsed(whole).starts_with(std::to_string(whole.size()) + " "));
  }
}

TEST(ProxyHeader, RefusesAsSoonAsItCan) {
  EXPECT_EQ(parsed("G"), "refused");
  EXPECT_EQ(parsed("PROXX"), "refused");
  EXPECT_EQ(parsed(Signature + "\x31"), "refused");
  EXPECT_EQ(parsed(Signature + "\x21\x12"), "refused");
  EXPECT_EQ(parsed("\r\n\r\nG"), "refused");
}

}  // namespace
}  // namespace portico::http

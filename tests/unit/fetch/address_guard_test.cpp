// SPDX-License-Identifier: Apache-2.0
#include "fetch/address_guard.h"

#include "http/forwarded.h"
#include <portico/fetch.h>

#include <gtest/gtest.h>

namespace portico::fetch {
namespace {

bool is_public_text(std::string_view text) {
  const auto address = http::parse_address(text);
  if (!address) throw std::invalid_argument(std::string(text));
  return is_public(*address);
}

TEST(AddressGuard, LetsThePublicInternetPass) {
  for (const char* text : {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
                           "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.0.1.1",
                           "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111",
                           "2a00:1450::1", "2001:4860:4860::8888", "::ffff:8.8.8.8"}) {
    EXPECT_TRUE(is_public_text(text)) << text;
  }
}

TEST(AddressGuard, StopsWhatIsNot) {
  for (const char* text : {"0.0.0.0",
                           "0.1.2.3",
                           "10.0.0.1",
                           "100.64.0.1",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.255.255.254",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.0.0.1",
                           "192.0.2.1",
                           "192.88.99.1",
                           "192.168.1.1",
                           "198.18.0.1",
                           "198.19.255.255",
                           "198.51.100.1",
                           "203.0.113.1",
                           "224.0.0.1",
                           "239.255.255.255",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "::7f00:1",
                           "64:ff9b::7f00:1",
                           "64:ff9b:1::1",
                           "100::1",
                           "2001::1",
                           "2001:2::1",
                           "2001:db8::1",
                           "2002:7f00:1::1",
                           "3fff::1",
                           "fc00::1",
                           "fd12:3456::1",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1"}) {
    EXPECT_FALSE(is_public_text(text)) << text;
  }
}

TEST(AddressGuard, KnowsNamesThatAreMeantForHere) {
  for (const char* name : {"localhost", "LOCALHOST", "localhost.", "a.localhost", "db.internal",
                           "metadata.google.internal.", "printer.local", "nas.lan"}) {
    EXPECT_TRUE(is_internal_name(name)) << name;
  }
  for (const char* name : {"example.com", "internal.example.com", "notlocalhost", "mylocal"}) {
    EXPECT_FALSE(is_internal_name(name)) << name;
  }
}

TEST(AddressGuard, TellsPluginsWhichHostsAreLookedFor) {
  for (const char* host : {"example.com", "1.1.1.1", "2606:4700::1111", "xn--bcher-kva.example"}) {
    EXPECT_TRUE(is_public_host(host)) << host;
  }
  for (const char* host : {"db.internal", "localhost", "127.0.0.1", "::1", "::ffff:10.0.0.1",
                           "fe80::1%eth0", "1.1.1.1:80"}) {
    EXPECT_FALSE(is_public_host(host)) << host;
  }
}

}  // namespace
}  // namespace portico::fetch

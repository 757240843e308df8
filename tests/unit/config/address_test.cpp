// SPDX-License-Identifier: Apache-2.0
#include "config/address.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace portico::config {
namespace {

TEST(ListenAddress, ReadsAndPrintsEveryForm) {
  for (const std::string_view text :
       {"0.0.0.0:8080", "127.0.0.1:0", "[::]:8080", "[::1]:65535", "unix:/run/portico/http.sock"}) {
    const auto address = parse_listen_address(text);
    ASSERT_TRUE(address) << address.error();
    EXPECT_EQ(address->text(), text);
  }
}

TEST(ListenAddress, KnowsWhatOnlyThisMachineReaches) {
  struct Case {
    std::string_view text;
    bool loopback;
  };
  for (const auto& [text, loopback] : std::vector<Case>{{"127.0.0.1:1", true},
                                                        {"127.8.8.8:1", true},
                                                        {"[::1]:1", true},
                                                        {"[::ffff:127.0.0.1]:1", true},
                                                        {"unix:/x", true},
                                                        {"0.0.0.0:1", false},
                                                        {"[::]:1", false},
                                                        {"10.0.0.1:1", false}}) {
    EXPECT_EQ((*parse_listen_address(text)).loopback(), loopback) << text;
  }
}

TEST(ListenAddress, SaysWhatToWriteInstead) {
  struct Case {
    std::string_view text;
    std::string_view error;
  };
  for (const auto& [text, error] : std::vector<Case>{
           {"localhost:80", "\"localhost\" is a name; write 127.0.0.1:80 or [::1]:80"},
           {":8080", "the address has no host; write 0.0.0.0:8080 or [::]:8080"},
           {"*:8080", "the address has no host; write 0.0.0.0:8080 or [::]:8080"},
           {"8080", "the address has no host; write 0.0.0.0:8080 or [::]:8080"},
           {"fd00::1:80", "an IPv6 address needs brackets; write [fd00::1]:80"},
           {"gateway.example:80",
            "\"gateway.example\" is not an address; write the IP address of "
            "an interface, such as 0.0.0.0:80"},
           {"[127.0.0.1]:80",
            "\"127.0.0.1\" is not an address; write the IP address of an "
            "interface, such as 0.0.0.0:80"},
           {"0.0.0.0",
            "\"0.0.0.0\" has no port; write an address and a port, such as "
            "0.0.0.0:8080"},
           {"0.0.0.0:http",
            "the port of \"0.0.0.0:http\" is not a number from 0 to 65535; write "
            "an address such as 0.0.0.0:8080"},
           {"0.0.0.0:65536",
            "the port of \"0.0.0.0:65536\" is not a number from 0 to 65535; write "
            "an address such as 0.0.0.0:8080"},
           {"unix:http.sock",
            "\"unix:\" needs a path that begins with /; write "
            "unix:/run/portico/http.sock"},
           {"unix:@abstract",
            "\"unix:\" needs a path that begins with /; write "
            "unix:/run/portico/http.sock"}}) {
    const auto address = parse_listen_address(text);
    ASSERT_FALSE(address) << text;
    EXPECT_EQ(address.error(), error) << text;
  }
  const auto address = parse_listen_address("unix:/" + std::string(107, 'x'));
  ASSERT_FALSE(address);
  EXPECT_EQ(address.error(), "the path of the socket has more than 107 bytes; write a shorter one");
}

}  // namespace
}  // namespace portico::config

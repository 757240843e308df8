// SPDX-License-Identifier: Apache-2.0
#include "config/units.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace portico::config {
namespace {

using namespace std::chrono_literals;

template <class T>
std::string error_of(const Result<T>& result) {
  return result ? "no error" : result.error();
}

struct Refused {
  std::string_view text;
  std::string_view error;
};

TEST(Duration, ReadsEveryUnitAndTheirSums) {
  struct Case {
    std::string_view text;
    std::chrono::nanoseconds meaning;
  };
  for (const auto& [text, meaning] :
       std::vector<Case>{{"10s", 10s},
                         {"500ms", 500ms},
                         {"1m", 1min},
                         {"1h30m", 90min},
                         {"2d", 48h},
                         {"250us", 250us},
                         {"1d2h3m4s5ms6us", 26h + 3min + 4005ms + 6us},
                         {"0", 0s},
                         {"0s", 0s},
                         {"007s", 7s},
                         {"9223372036s", 9223372036s}}) {
    const auto parsed = parse_duration(text);
    ASSERT_TRUE(parsed) << text << ": " << parsed.error();
    EXPECT_EQ(*parsed, meaning) << text;
  }
}

TEST(Duration, SaysWhatToWriteInstead) {
  for (const auto& [text, error] : std::vector<Refused>{
           {"", "is empty; write a value such as 1h30m or 500ms"},
           {"10", "\"10\" has no unit; write 10s, 10ms or 10m"},
           {"00", "\"00\" has no unit; write 00s, 00ms or 00m"},
           {"1h30", "\"1h30\" ends without a unit; write 30s, 30ms or 30m"},
           {"10sec", "\"sec\" is not a unit; write 10s"},
           {"5Min", "\"Min\" is not a unit; write 5m"},
           {"10S", "\"S\" in \"10S\" is not a unit; units are d, h, m, s, ms and us"},
           {"10ns", "\"ns\" in \"10ns\" is not a unit; units are d, h, m, s, ms and us"},
           {"30m1h", "\"30m1h\" mixes its units; write each once, the largest first, as in 1h30m"},
           {"1s1s", "\"1s1s\" mixes its units; write each once, the largest first, as in 1h30m"},
           {"-1s", "\"-1s\" is negative; write 0 or more"},
           {"1.5s", "\"1.5s\" is not a whole number; write a smaller unit, such as 1h30m or 500ms"},
           {"10 s",
            "\"10 s\" has a blank in it; write number and unit together, such as 1h30m or 500ms"},
           {"fast", "\"fast\" does not begin with a number; write a value such as 1h30m or 500ms"},
           {"9223372037s", "\"9223372037s\" is too long; write less than 292 years"},
           {"106751d24h", "\"106751d24h\" is too long; write less than 292 years"},
           {"99999999999999999999s",
            "\"99999999999999999999s\" is too long; write less than 292 years"}}) {
    EXPECT_EQ(error_of(parse_duration(text)), error) << text;
  }
}

TEST(Duration, PrintsWhatItReads) {
  for (const std::string_view text :
       {"0s", "75s", "10s", "500ms", "250us", "90m", "24d", "1h1m1s", "1s500ms", "365d", "999ms"}) {
    EXPECT_EQ(print_duration(*parse_duration(text)), text);
  }
  EXPECT_EQ(print_duration(1000ms), "1s");
  EXPECT_EQ(print_duration(3600s), "1h");
  EXPECT_EQ(print_duration(1500ns), "1us");
  EXPECT_EQ(print_duration(999ns), "0s");
}

TEST(Bytes, ReadsEveryUnit) {
  struct Case {
    std::string_view text;
    std::uint64_t meaning;
  };
  for (const auto& [text, meaning] :
       std::vector<Case>{{"32KiB", 32768},
                         {"10MiB", 10485760},
                         {"1GiB", 1073741824},
                         {"2TiB", 2199023255552},
                         {"512B", 512},
                         {"512", 512},
                         {"0", 0},
                         {"18446744073709551615", 18446744073709551615U}}) {
    const auto parsed = parse_bytes(text);
    ASSERT_TRUE(parsed) << text << ": " << parsed.error();
    EXPECT_EQ((*parsed).count, meaning) << text;
  }
}

TEST(Bytes, SaysWhatToWriteInstead) {
  for (const auto& [text, error] : std::vector<Refused>{
           {"10KB", "\"KB\" is not a unit; write 10KiB"},
           {"1MB", "\"MB\" is not a unit; write 1MiB"},
           {"1mib", "\"mib\" is not a unit; write 1MiB"},
           {"4g", "\"g\" is not a unit; write 4GiB"},
           {"1XB", "\"XB\" in \"1XB\" is not a unit; units are B, KiB, MiB, GiB and TiB"},
           {"1GiB512MiB", "\"1GiB512MiB\" is more than one amount; write one, such as 10MiB"},
           {"1.5MiB",
            "\"1.5MiB\" is not a whole number; write a smaller unit, such as 512KiB or 10MiB"},
           {"-1", "\"-1\" is negative; write 0 or more"},
           {"18446744073709551616",
            "\"18446744073709551616\" is too much; write less than 16777216TiB"},
           {"16777216TiB", "\"16777216TiB\" is too much; write less than 16777216TiB"},
           {"", "is empty; write a value such as 512KiB or 10MiB"}}) {
    EXPECT_EQ(error_of(parse_bytes(text)), error) << text;
  }
}

TEST(Bytes, PrintsWhatItReads) {
  for (const std::string_view text :
       {"0B", "1B", "512B", "32KiB", "1025B", "10MiB", "1GiB", "3TiB"}) {
    EXPECT_EQ(print_bytes(*parse_bytes(text)), text);
  }
}

TEST(Network, ReadsBlocksAndSingleAddresses) {
  for (const std::string_view text :
       {"10.0.0.0/8", "192.168.1.1", "0.0.0.0/0", "fd00::/8", "::/0", "::1", "2001:db8::/32"}) {
    const auto parsed = parse_cidr(text);
    ASSERT_TRUE(parsed) << text << ": " << parsed.error();
    EXPECT_EQ(print_cidr(*parsed), text);
  }
  EXPECT_EQ(print_cidr(*parse_cidr("10.0.0.1/32")), "10.0.0.1");
  EXPECT_EQ(print_cidr(*parse_cidr("::ffff:10.0.0.0/104")), "10.0.0.0/8");
}

TEST(Network, SaysWhatToWriteInstead) {
  constexpr std::string_view NotANetwork =
      " is not a network; write an address or a block such as 10.0.0.0/8";
  for (const std::string_view text :
       {"", "localhost", "10.0.0", "10.0.0.256", "010.0.0.1", "10.0.0.1 ", "[::1]", "fe80::1%lo",
        "/8", "1.2.3.4.5", ":::"}) {
    EXPECT_EQ(error_of(parse_cidr(text)), '"' + std::string(text) + '"' + std::string(NotANetwork));
  }
  for (const auto& [text, error] : std::vector<Refused>{
           {"10.1.2.3/8", "\"10.1.2.3/8\" has bits beyond its prefix; write 10.0.0.0/8"},
           {"fd00::1/64", "\"fd00::1/64\" has bits beyond its prefix; write fd00::/64"},
           {"192.168.1.129/25",
            "\"192.168.1.129/25\" has bits beyond its prefix; write 192.168.1.128/25"},
           {"10.0.0.0/33",
            "the prefix of \"10.0.0.0/33\" is not a number from 0 to 32; write a block such as "
            "10.0.0.0/8"},
           {"10.0.0.0/",
            "the prefix of \"10.0.0.0/\" is not a number from 0 to 32; write a block "
            "such as 10.0.0.0/8"},
           {"10.0.0.0/08",
            "the prefix of \"10.0.0.0/08\" is not a number from 0 to 32; write a "
            "block such as 10.0.0.0/8"},
           {"::/-2",
            "the prefix of \"::/-2\" is not a number from 0 to 128; write a block such as "
            "fd00::/8"},
           {"::/129",
            "the prefix of \"::/129\" is not a number from 0 to 128; write a block such "
            "as fd00::/8"}}) {
    EXPECT_EQ(error_of(parse_cidr(text)), error) << text;
  }
}

TEST(Network, ContainsWhatSharesItsPrefix) {
  struct Case {
    std::string_view block;
    std::string_view address;
    bool within;
  };
  for (const auto& [block, address, within] :
       std::vector<Case>{{"10.0.0.0/8", "10.255.255.255", true},
                         {"10.0.0.0/8", "11.0.0.0", false},
                         {"192.168.1.128/25", "192.168.1.128", true},
                         {"192.168.1.128/25", "192.168.1.127", false},
                         {"127.0.0.1", "127.0.0.1", true},
                         {"127.0.0.1", "127.0.0.2", false},
                         {"0.0.0.0/0", "8.8.8.8", true},
                         {"0.0.0.0/0", "2001:db8::1", false},
                         {"2001:db8::/33", "2001:db8:7fff::1", true},
                         {"2001:db8::/33", "2001:db8:8000::1", false},
                         {"10.0.0.0/8", "::ffff:10.1.2.3", true}}) {
    EXPECT_EQ((*parse_cidr(block)).contains(*parse_ip(address)), within) << block << ' ' << address;
  }
}

TEST(Address, IsPrintedInItsShortestForm) {
  EXPECT_EQ(print_ip(*parse_ip("2001:0DB8:0:0::1")), "2001:db8::1");
  EXPECT_EQ(print_ip(*parse_ip("::ffff:1.2.3.4")), "1.2.3.4");
  EXPECT_FALSE(parse_ip(std::string_view("127.0.0.1\0", 10)));
}

}  // namespace
}  // namespace portico::config

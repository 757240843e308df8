// SPDX-License-Identifier: Apache-2.0
#include "account/locale.h"
#include "account/person_name.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::auth {
namespace {

TEST(PersonName, IsKeptWithoutSpacesAroundIt) {
  EXPECT_EQ(read_person_name("  Bj\xC3\xB6rk Gu\xC3\xB0mundsd\xC3\xB3ttir "),
            "Bj\xC3\xB6rk Gu\xC3\xB0mundsd\xC3\xB3ttir");
}

TEST(PersonName, HasOneToAHundredCodePoints) {
  std::string hundred;
  for (int i = 0; i < 100; ++i) hundred += "\xF0\x9F\x90\x80";
  EXPECT_TRUE(read_person_name(hundred));
  EXPECT_FALSE(read_person_name(hundred + "x"));
  EXPECT_FALSE(read_person_name(std::string(101, 'x')));
  EXPECT_FALSE(read_person_name(""));
  EXPECT_FALSE(read_person_name("   "));
}

TEST(PersonName, HasNoCharactersThatChangeWhatIsRead) {
  for (const char* const name : {"a\r\nBcc: b", "a\nb", "a\tb", "a\x1B[31m", "a\x7F",
                                 "a\xC2\x85"
                                 "b",
                                 "a\xE2\x80\xA8"
                                 "b",
                                 "a\xE2\x80\xAE"
                                 "b",
                                 "a\xE2\x81\xA6"
                                 "b",
                                 "a\xFF",
                                 "a\xC0\x8A"
                                 "b"}) {
    EXPECT_FALSE(read_person_name(name)) << name;
    EXPECT_TRUE(fault_of_person_name(name).ends_with('.')) << name;
  }
  EXPECT_FALSE(read_person_name(std::string("a\0b", 3)));
}

TEST(Locale, IsATagOfALanguage) {
  for (const char* const tag : {"de", "gsw", "de-CH", "zh-Hant-TW", "de-CH-1996", "es-419"}) {
    EXPECT_EQ(fault_of_locale(tag), "") << tag;
  }
  for (const char* const tag :
       {"", "d", "DE", "de_CH", "de-", "-CH", "de-C", "de-ninechars", "de-a1-b2-c3-d4", "de CH"}) {
    EXPECT_NE(fault_of_locale(tag), "") << tag;
  }
}

TEST(TimeZone, IsOneOfTheDatabase) {
  for (const char* const zone : {"UTC", "Europe/Zurich", "America/Argentina/Buenos_Aires"}) {
    EXPECT_EQ(fault_of_time_zone(zone), "") << zone;
  }
  for (const char* const zone :
       {"", "/", "Europe", "Europe/", "Europe/Atlantis", "../../etc/passwd", "Europe/../UTC",
        "zone.tab", "posixrules", "Europe//Zurich", "/etc/passwd", "UTC\n"}) {
    EXPECT_NE(fault_of_time_zone(zone), "") << zone;
  }
}

}  // namespace
}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
#include "schedule/zone.h"

#include "schedule/schedule.h"
#include "schedule/zone_rule.h"

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace portico::notify::schedule {
namespace {

using namespace std::chrono;

constexpr const char* Folder = "/usr/share/zoneinfo/";

std::string bytes_of(const std::string& name) {
  std::ifstream file(Folder + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The names of all zones that matter since 1970.
std::vector<std::string> names() {
  std::ifstream table(std::string(Folder) + "zone1970.tab");
  std::vector<std::string> found;
  for (std::string line; std::getline(table, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream columns(line);
    std::string country, place, name;
    columns >> country >> place >> name;
    found.push_back(name);
  }
  return found;
}

/// Sets the zone of the process, which the C library goes by, and takes it back.
class ProcessZone {
 public:
  explicit ProcessZone(const char* name) {
    setenv("TZ", name, 1);
    tzset();
  }
  ProcessZone(const ProcessZone&) = delete;
  ProcessZone& operator=(const ProcessZone&) = delete;
  ~ProcessZone() {
    unsetenv("TZ");
    tzset();
  }
};

seconds offset_by_the_c_library(std::time_t time) {
  std::tm shown{};
  localtime_r(&time, &shown);
  return seconds(shown.tm_gmtoff);
}

TEST(Zone, AgreesWithTheCLibraryInAllZones) {
  std::mt19937_64 random(7);
  std::uniform_int_distribution<std::time_t> since_1970(0, 4'102'444'800);  // To 2100.
  const auto all = names();
  ASSERT_GT(all.size(), 300U);
  for (const std::string& name : all) {
    const auto zone = Zone::find(name);
    ASSERT_NE(zone, nullptr) << name;
    const ProcessZone process(name.c_str());
    for (int i = 0; i < 100; ++i) {
      const std::time_t time = since_1970(random);
      const auto period = zone->period_at(sys_seconds(seconds(time)));
      ASSERT_EQ(period.offset, offset_by_the_c_library(time)) << name << " " << time;
      // At both ends of the period it changes, and not before.
      for (const sys_seconds edge : {period.begin, period.end}) {
        if (edge == Beginning || edge == End) continue;
        const std::time_t at = edge.time_since_epoch().count();
        ASSERT_EQ(zone->period_at(edge).offset, offset_by_the_c_library(at)) << name << " " << at;
        ASSERT_EQ(zone->period_at(edge - 1s).offset, offset_by_the_c_library(at - 1)) << name;
        ASSERT_EQ(zone->period_at(edge).offset_before, zone->period_at(edge - 1s).offset) << name;
      }
    }
  }
}

TEST(Zone, IsThatOfItsNameWhateverTheProcessIsIn) {
  const ProcessZone process("America/New_York");
  EXPECT_EQ(Zone::find("Europe/Berlin")->period_at(sys_days(2026y / 7 / 1)).offset, 2h);
  EXPECT_EQ(Zone::find("UTC")->period_at(sys_days(2026y / 7 / 1)).offset, 0h);
}

TEST(Zone, IsNotFoundByAnotherName) {
  for (const char* const name : {"",
                                 "Europe",
                                 "Europe/",
                                 "/Europe/Berlin",
                                 "Europe//Berlin",
                                 "Europe/Munich",
                                 "europe/berlin",
                                 "../../etc/passwd",
                                 "Europe/../Europe/Berlin",
                                 "./UTC",
                                 "right/Europe/Berlin",
                                 "posix/Europe/Berlin",
                                 "localtime",
                                 "posixrules",
                                 "Factory",
                                 "zone.tab",
                                 "tzdata.zi",
                                 "leapseconds",
                                 "CET-1CEST",
                                 ":Europe/Berlin",
                                 "Europe/Berlin ",
                                 "Europe\\Berlin"}) {
    EXPECT_FALSE(zone_known(name)) << name;
  }
  EXPECT_FALSE(zone_known(std::string("Europe/Berlin\0", 14)));
  EXPECT_FALSE(zone_known(std::string(100'000, 'a')));
  for (const char* const name : {"UTC", "Etc/UTC", "Etc/GMT+5", "Europe/Berlin", "GMT",
                                 "America/Argentina/Buenos_Aires", "America/Port-au-Prince"}) {
    EXPECT_TRUE(zone_known(name)) << name;
  }
}

TEST(Zone, IsReadOnceByManyThreads) {
  std::vector<std::thread> threads;
  std::vector<std::shared_ptr<const Zone>> found(8);
  threads.reserve(found.size());
  for (std::shared_ptr<const Zone>& mine : found) {
    threads.emplace_back([&mine] {
      for (const char* const name : {"Asia/Tokyo", "Asia/Seoul", "Asia/Manila", "Asia/Dubai"}) {
        mine = Zone::find(name);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& each : found) EXPECT_EQ(each, found.front());
  EXPECT_NE(found.front(), nullptr);
}

TEST(ZoneFile, IsRefusedWhereItIsCut) {
  const std::string whole = bytes_of("Europe/Berlin");
  ASSERT_NE(Zone::read(whole), nullptr);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(Zone::read(std::string_view(whole).substr(0, size)), nullptr) << size;
  }
}

TEST(ZoneFile, IsReadWithoutFaultsWhateverItHolds) {
  std::mt19937_64 random(11);
  const std::string whole = bytes_of("Australia/Lord_Howe");
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = whole;
    for (int n = 0; n < 3; ++n) bytes[random() % bytes.size()] = static_cast<char>(random());
    const auto zone = Zone::read(bytes);
    if (zone == nullptr) continue;
    for (int year = 1900; year < 2100; year += 23) {
      const sys_seconds time = sys_days(std::chrono::year(year) / 1 / 1);
      const auto period = zone->period_at(time);
      ASSERT_LE(period.begin, time);
      ASSERT_GT(period.end, time);
    }
  }
}

TEST(ZoneRule, IsInTheFormsOfTzdata) {
  for (const char* const text :
       {"UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0", "<+01>-1",
        "IST-1GMT0,M10.5.0,M3.5.0/1", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
        "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "EET-2EEST,M3.4.4/50,M10.4.4/50",
        "AAA1BBB,J60,J300/1:30:30", "AAA+1BBB,0/0,365/23"}) {
    EXPECT_TRUE(ZoneRule::parse(text)) << text;
  }
  for (const char* const text :
       {"", "CET", "C-1", "CET-1CEST", "CET-1CEST,", "CET-1CEST,M3.5.0",
        "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
        "CET-1CEST,M3.5.0,M10.5.0/168", "CET-1CEST,J0,J366", "CET-1CEST,M3.5.0,M10.5.0 ", "<+01-1",
        "CET-25:60", "CET-1,M3.5.0"}) {
    EXPECT_FALSE(ZoneRule::parse(text)) << text;
  }
}

}  // namespace
}  // namespace portico::notify::schedule

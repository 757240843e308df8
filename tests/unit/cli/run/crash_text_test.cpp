// SPDX-License-Identifier: Apache-2.0
#include "cli/run/crash_text.h"

#include "cli/run/memory_map.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace portico::cli {
namespace {

std::string at(std::int64_t seconds) {
  const auto text = std::make_unique<CrashText>();
  add_time(*text, seconds, {.date = "-", .middle = " ", .time = ":"});
  return std::string(text->text());
}

TEST(CrashText, WritesNumbers) {
  const auto text = std::make_unique<CrashText>();
  text->add("a ").add(std::uint64_t{0}).add(" ").add_padded(7, 2).add(" ").add_hex(0xdeadbeef);
  EXPECT_EQ(text->text(), "a 0 07 0xdeadbeef");
}

TEST(CrashText, LeavesOutWhatFindsNoRoom) {
  const auto text = std::make_unique<CrashText>();
  const std::string much(10'000, 'x');
  text->add(much).add(much).add("more");
  EXPECT_EQ(text->text().size(), 16U * 1024);
}

TEST(CrashText, TellsTheTime) {
  EXPECT_EQ(at(0), "1970-01-01 00:00:00");
  EXPECT_EQ(at(1'709'164'799), "2024-02-28 23:59:59");
  EXPECT_EQ(at(1'709'164'800), "2024-02-29 00:00:00");
}

int somewhere() { return 1; }

TEST(MemoryMap, FindsTheFileOfAnAddress) {
  const auto map = std::make_unique<MemoryMap>();
  map->read();
  const MemoryMap::Place code = map->find(reinterpret_cast<std::uintptr_t>(&somewhere));
  EXPECT_TRUE(code.module.ends_with("portico_unit_tests")) << code.module;
  EXPECT_GT(code.offset, 0U);
  const int local = somewhere();
  EXPECT_EQ(map->find(reinterpret_cast<std::uintptr_t>(&local)).module, "");
  EXPECT_EQ(map->find(0).module, "");
}

}  // namespace
}  // namespace portico::cli

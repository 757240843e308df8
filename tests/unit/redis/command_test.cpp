// SPDX-License-Identifier: Apache-2.0
#include "redis/command.h"

#include "redis/node.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::redis {
namespace {

using namespace std::string_view_literals;

struct Room {
  std::string& bytes;
  char* operator()(std::size_t size) const {
    bytes.assign(size, '?');
    return bytes.data();
  }
};

TEST(RedisCommand, WritesEachWordWithItsLength) {
  std::string bytes;
  const std::vector words{"SET"sv, "key"sv, ""sv};
  EXPECT_EQ(make_command(Room{bytes}, words).bytes, "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$0\r\n\r\n");
}

TEST(RedisCommand, IsBinarySafe) {
  std::string bytes;
  const std::vector words{"GET"sv, "a\r\n\0b"sv};
  EXPECT_EQ(make_command(Room{bytes}, words).bytes, "*2\r\n$3\r\nGET\r\n$5\r\na\r\n\0b\r\n"sv);
}

TEST(RedisCommand, WritesLongWordsAndManyOfThem) {
  std::string bytes;
  const std::string large(1'000'000, 'x');
  std::vector<std::string_view> words(1234, "w");
  words.emplace_back(large);
  const Command command = make_command(Room{bytes}, words);
  EXPECT_TRUE(command.bytes.starts_with("*1235\r\n$1\r\nw\r\n"));
  EXPECT_TRUE(command.bytes.ends_with("x\r\n"));
  EXPECT_NE(command.bytes.find("$1000000\r\n"), std::string_view::npos);
  EXPECT_EQ(command.bytes.find('?'), std::string_view::npos) << "more room than was needed";
}

TEST(RedisCommand, NamesAScriptByItsHash) {
  const RedisScript script("return 1");
  EXPECT_EQ(script.sha1(), "e0e1f9fabfc9d4800c877a703b823ac0578ff8db");
  std::string bytes;
  const std::vector keys{"k"sv};
  const std::vector arguments{"10"sv, ""sv};
  const Command command =
      make_evalsha(Room{bytes}, detail::RedisAccess::script(script), keys, arguments);
  EXPECT_EQ(command.bytes,
            "*6\r\n$7\r\nEVALSHA\r\n$40\r\ne0e1f9fabfc9d4800c877a703b823ac0578ff8db\r\n"
            "$1\r\n1\r\n$1\r\nk\r\n$2\r\n10\r\n$0\r\n\r\n");
  EXPECT_EQ(eval_head(command) + std::string(command.bytes.substr(command.rest)),
            "*6\r\n$4\r\nEVAL\r\n$8\r\nreturn 1\r\n$1\r\n1\r\n$1\r\nk\r\n$2\r\n10\r\n$0\r\n\r\n");
}

}  // namespace
}  // namespace portico::redis

// SPDX-License-Identifier: Apache-2.0
#include "http/received_fields.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::http {
namespace {

std::string read(std::string_view head) {
  base::Arena arena;
  detail::HeaderList fields(arena);
  read_received_fields(head, fields);
  std::string text;
  for (const Headers::Entry& entry : fields.entries()) {
    text.append(entry.name).append("=").append(entry.value).append("|");
  }
  return text;
}

TEST(ReceivedFields, AreReadFromAHeadThatNeverCameWhole) {
  EXPECT_EQ(read("GET / HTTP/1.1\r\nHost: a\r\nOrigin:  https://b\t\r\nX-Cut: 1"),
            "Host=a|Origin=https://b|");
  EXPECT_EQ(read("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n"), "Host=a|");
}

TEST(ReceivedFields, EndWhereTheHeadEnds) {
  EXPECT_EQ(read("GET / HTTP/1.1\r\nHost: a\r\n\r\nOrigin: https://body.example\r\n"), "Host=a|");
}

TEST(ReceivedFields, PassOverWhatIsNoField) {
  EXPECT_EQ(read("GET / HTTP/1.1\r\nbad name: 1\r\nA : 2\r\n: 3\r\nnone\r\n folded: 4\r\n"
                 "B: \x01\r\nC: 5\nOrigin: x\r\nD: 6\r\n"),
            "D=6|");
}

TEST(ReceivedFields, AreNoneInGarbage) {
  EXPECT_EQ(read(""), "");
  EXPECT_EQ(read("\r\n"), "");
  EXPECT_EQ(read("Origin: https://first.line\r\n"), "");
  EXPECT_EQ(read(std::string(100'000, '\0')), "");
}

TEST(ReceivedFields, AreBounded) {
  std::string head = "GET / HTTP/1.1\r\n";
  for (int i = 0; i < 1000; ++i) head += "A: 1\r\n";
  EXPECT_EQ(read(head).size(), 100 * std::string("A=1|").size());
}

TEST(ReceivedFields, AreTheSameHoweverTheHeadIsCut) {
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\nOrigin: https://b\r\n\r\n";
  std::string longest;
  for (std::size_t size = 0; size <= head.size(); ++size) {
    const std::string now = read(std::string_view(head).substr(0, size));
    EXPECT_TRUE(now.starts_with(longest)) << size;
    longest = now;
  }
  EXPECT_EQ(longest, "Host=a|Origin=https://b|");
}

}  // namespace
}  // namespace portico::http

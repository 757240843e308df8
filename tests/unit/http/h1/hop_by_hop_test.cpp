// SPDX-License-Identifier: Apache-2.0
// RFC 9110 §7.6.1: fields that go no further than one connection.
#include "http/h1/hop_by_hop.h"

#include "base/arena.h"
#include "unit/http/h1/reading.h"

#include <initializer_list>
#include <string>

#include <gtest/gtest.h>

namespace portico::http::h1 {
namespace {

std::string stripped(std::initializer_list<Headers::Entry> fields) {
  base::Arena arena;
  detail::HeaderList list(arena);
  for (const Headers::Entry& field : fields) list.add_received(field.name, field.value);
  strip_hop_by_hop(list);
  return told(list.entries());
}

TEST(HopByHop, FieldsAreTold) {
  for (const char* name : {"connection", "Keep-Alive", "PROXY-CONNECTION", "TE", "Trailer",
                           "Transfer-Encoding", "Upgrade", "Close"}) {
    EXPECT_TRUE(is_hop_by_hop(name)) << name;
  }
  for (const char* name : {"", "Host", "Content-Length", "XE", "Trailed", "Keep-Aliv3"}) {
    EXPECT_FALSE(is_hop_by_hop(name)) << name;
  }
}

TEST(HopByHop, FieldsAreStrippedWithWhatConnectionLists) {
  EXPECT_EQ(stripped({{"A", "1"},
                      {"Connection", "keep-alive, B"},
                      {"B", "2"},
                      {"TE", "trailers"},
                      {"b", "3"},
                      {"C", "4"}}),
            " | A=1 | C=4");
}

TEST(HopByHop, EveryConnectionFieldCounts) {
  EXPECT_EQ(
      stripped({{"Connection", "connection, A"}, {"Connection", "B"}, {"A", "1"}, {"B", "2"}}), "");
}

TEST(HopByHop, HostStays) {
  EXPECT_EQ(stripped({{"Host", "a"}, {"Connection", "HOST"}}), " | Host=a");
}

TEST(HopByHop, NothingIsStrippedWhereThereIsNothing) {
  EXPECT_EQ(stripped({}), "");
  EXPECT_EQ(stripped({{"A", "1"}, {"B", "close"}}), " | A=1 | B=close");
}

TEST(HopByHop, CloseIsNoFieldWhoeverListsIt) {
  EXPECT_EQ(stripped({{"Connection", "close"}, {"Close", "1"}}), "");
  EXPECT_EQ(stripped({{"Close", "1"}, {"Closed", "2"}}), " | Closed=2");
}

TEST(HopByHop, ListsAreRead) {
  const Headers::Entry fields[] = {{"A", "x"}, {"Connection", "b , c"}, {"connection", "D"}};
  for (const char* name : {"b", "C", "d"}) EXPECT_TRUE(connection_lists(fields, name)) << name;
  for (const char* name : {"x", "b , c", ""}) EXPECT_FALSE(connection_lists(fields, name)) << name;
}

}  // namespace
}  // namespace portico::http::h1

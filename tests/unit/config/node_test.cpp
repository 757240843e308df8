// SPDX-License-Identifier: Apache-2.0
#include "config/node.h"

#include <array>

#include <gtest/gtest.h>

namespace portico::config {
namespace {

TEST(Node, IsSmall) { EXPECT_EQ(sizeof(Node), 32U); }

TEST(Node, OfAnotherKindHasNothing) {
  const Node null = Node::null({1, 2, 3});
  EXPECT_TRUE(null.is_null());
  EXPECT_EQ(null.text(), "");
  EXPECT_TRUE(null.items().empty());
  EXPECT_TRUE(null.entries().empty());
  EXPECT_EQ(null.find("a"), nullptr);
  EXPECT_EQ(null.mark(), (Mark{1, 2, 3}));
}

TEST(Node, FindsTheValueOfAKey) {
  const std::array entries{
      Node::Entry{Node::scalar({}, "a", Quoting::Plain), Node::scalar({}, "1", Quoting::Plain)},
      Node::Entry{Node::scalar({}, "b", Quoting::Quoted), Node::scalar({}, "2", Quoting::Quoted)}};
  const Node map = Node::map({}, entries);
  ASSERT_NE(map.find("b"), nullptr);
  EXPECT_EQ(map.find("b")->text(), "2");
  EXPECT_TRUE(map.find("b")->quoted());
  EXPECT_EQ(map.find_entry("a"), entries.data());
  EXPECT_EQ(map.find("c"), nullptr);
}

TEST(Node, RemembersWhatWasWritten) {
  const Node::Filled filled{"${TOKEN}", "hush"};
  const Node node = Node::filled({}, filled, Node::Source::Environment);
  EXPECT_EQ(node.text(), "hush");
  EXPECT_EQ(node.written(), "${TOKEN}");
  EXPECT_EQ(node.source(), Node::Source::Environment);
  EXPECT_FALSE(node.quoted());
  EXPECT_EQ(Node::scalar({}, "x", Quoting::Plain).written(), "x");
}

TEST(Node, AloneIsItsOwnItem) {
  const std::array items{Node::scalar({}, "a", Quoting::Plain),
                         Node::scalar({}, "b", Quoting::Plain)};
  EXPECT_EQ(Node::list({}, items).item(1).text(), "b");
  EXPECT_EQ(items[0].item(0).text(), "a");
}

}  // namespace
}  // namespace portico::config

// SPDX-License-Identifier: Apache-2.0
#include "http/query.h"
#include "http/request_state.h"
#include <portico/identity.h>

#include <array>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace portico {
namespace {

class RequestTest : public testing::Test {
 protected:
  base::Arena arena_;
  http::RequestState state_{arena_};
  Request& request_ = state_;
};

TEST_F(RequestTest, ShowsWhatTheEngineFilledIn) {
  const std::array params = {http::Param{"id", "7"}, http::Param{"rest", "a/b"}};
  state_.head = {.method = "GET",
                 .path = "/users/7",
                 .query = "a=b",
                 .host = "example.com",
                 .scheme = "https",
                 .client_address = "192.0.2.1",
                 .id = "id-1",
                 .params = params,
                 .body_length = 0};
  EXPECT_EQ(request_.method(), "GET");
  EXPECT_EQ(request_.path(), "/users/7");
  EXPECT_EQ(request_.query(), "a=b");
  EXPECT_EQ(request_.host(), "example.com");
  EXPECT_EQ(request_.scheme(), "https");
  EXPECT_EQ(request_.client_address(), "192.0.2.1");
  EXPECT_EQ(request_.id(), "id-1");
  EXPECT_EQ(request_.param("id"), "7");
  EXPECT_EQ(request_.param("rest"), "a/b");
  EXPECT_EQ(request_.param("no"), std::nullopt);
  EXPECT_EQ(request_.body(), "");
}

TEST_F(RequestTest, DecodesQueryParameters) {
  state_.head.query = "a=1&b=x%20y+z&a=2&c&%64=%e4%Zz%4&=e&f==";
  EXPECT_EQ(request_.query("a"), "1");
  EXPECT_EQ(request_.query("b"), "x y z");
  EXPECT_EQ(request_.query("c"), "");
  EXPECT_EQ(request_.query("d"), "\xe4%Zz%4");
  EXPECT_EQ(request_.query(""), "e");
  EXPECT_EQ(request_.query("f"), "=");
  EXPECT_EQ(request_.query("g"), std::nullopt);
}

TEST_F(RequestTest, FindsCookies) {
  state_.fields.add_received("Accept", "a=no");
  state_.fields.add_received("Cookie", "a=1; b=\"two\"; c=x=y; broken; d=");
  state_.fields.add_received("cookie", "e=5; q=\"");
  EXPECT_EQ(request_.cookie("a"), "1");
  EXPECT_EQ(request_.cookie("b"), "two");
  EXPECT_EQ(request_.cookie("c"), "x=y");
  EXPECT_EQ(request_.cookie("d"), "");
  EXPECT_EQ(request_.cookie("e"), "5");
  EXPECT_EQ(request_.cookie("q"), "\"");
  EXPECT_EQ(request_.cookie("broken"), std::nullopt);
}

// One of them may have been planted by another host of the domain.
TEST_F(RequestTest, CountsCookiesOfOneName) {
  state_.fields.add_received("Cookie", "sid=1; sidecar=2; SID=3; sid; \"sid\"=4");
  EXPECT_EQ(request_.cookies("sid"), 1U);
  state_.fields.add_received("cookie", "a=b; sid=5");
  EXPECT_EQ(request_.cookies("sid"), 2U);
  EXPECT_EQ(request_.cookie("sid"), "1");
  EXPECT_EQ(request_.cookies("none"), 0U);
}

TEST_F(RequestTest, KeepsTypedAttributes) {
  constexpr Attribute<int> Count{"test.count"};
  EXPECT_EQ(request_.get(Count), nullptr);
  request_.set(Count, 1);
  request_.set(Count, 2);
  ASSERT_NE(request_.get(Count), nullptr);
  EXPECT_EQ(*request_.get(Count), 2);
}

TEST_F(RequestTest, KnowsItsCallerOnceSomebodySaidWhoItIs) {
  EXPECT_EQ(request_.principal(), nullptr);
  const std::array<std::string_view, 2> roles{"admin", "staff"};
  request_.principal({.subject = "ada", .roles = roles, .permission_version = 7});
  ASSERT_NE(request_.principal(), nullptr);
  EXPECT_EQ(request_.principal()->subject, "ada");
  EXPECT_EQ(request_.principal()->roles.data(), roles.data());
  EXPECT_EQ(request_.principal()->permission_version, 7);
  request_.principal({.subject = "bob"});
  EXPECT_EQ(request_.principal()->subject, "bob");
  EXPECT_TRUE(request_.principal()->roles.empty());
  state_.reset();
  EXPECT_EQ(request_.principal(), nullptr);
}

TEST_F(RequestTest, RefusesACallerWhoIsNobody) {
  EXPECT_THROW(request_.principal({.session = "s1"}), std::invalid_argument);
  EXPECT_EQ(request_.principal(), nullptr);
}

// A plugin that was built when there was less to say of a caller.
TEST_F(RequestTest, TakesACallerOfAnOlderSdk) {
  Principal caller{.subject = "ada", .permission_version = 7};
  caller.size = offsetof(Principal, permission_version);
  request_.principal(caller);
  EXPECT_EQ(request_.principal()->subject, "ada");
  EXPECT_EQ(request_.principal()->permission_version, 0);
  EXPECT_EQ(request_.principal()->size, sizeof(Principal));
}

TEST_F(RequestTest, DestroysAttributesNewestFirst) {
  struct Last {
    explicit Last(std::string& order, char letter) : to(&order), name(letter) {}
    Last(Last&& other) noexcept : to(std::exchange(other.to, nullptr)), name(other.name) {}
    Last& operator=(Last&&) = delete;
    ~Last() {
      if (to != nullptr) *to += name;
    }
    std::string* to;
    char name;
  };
  std::string order;
  request_.set(Attribute<Last>{"a"}, Last(order, 'a'));
  request_.set(Attribute<Last>{"b"}, Last(order, 'b'));
  request_.set(Attribute<Last>{"a"}, Last(order, 'c'));
  EXPECT_EQ(order, "a");
  state_.reset();
  EXPECT_EQ(order, "abc");
}

TEST_F(RequestTest, RefusesAnAttributeOfAnotherType) {
  request_.set(Attribute<int>{"a"}, 1);
  EXPECT_THROW(request_.set(Attribute<std::string>{"a"}, std::string("x")), std::logic_error);
  EXPECT_EQ(request_.get(Attribute<std::string>{"a"}), nullptr);
}

TEST_F(RequestTest, IsTheCurrentOneWithinItsScope) {
  EXPECT_EQ(http::RequestState::current(), nullptr);
  const base::ArenaScope scope(arena_);
  EXPECT_EQ(http::RequestState::current(), &state_);
}

TEST_F(RequestTest, IsLikeNewWhenReset) {
  state_.head.method = "GET";
  state_.fields.add_received("A", "1");
  state_.body_bytes = "x";
  state_.reset();
  EXPECT_EQ(request_.method(), "");
  EXPECT_EQ(request_.headers().size(), 0U);
  EXPECT_EQ(request_.body(), "");
}

TEST_F(RequestTest, HoldsThousandsOfParametersInLinearTime) {
  std::string query;
  for (int i = 0; i < 5000; ++i) query += "k" + std::to_string(i) + "=v&";
  state_.head.query = query;
  EXPECT_EQ(request_.query("k4999"), "v");
  EXPECT_LT(arena_.used(), 100U);
}

}  // namespace
}  // namespace portico

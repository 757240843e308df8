// SPDX-License-Identifier: Apache-2.0
#include "fetch/errands.h"

#include "services/log/capture.h"
#include "unit/server/origin.h"

#include <algorithm>
#include <future>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace portico::fetch {
namespace {

using server::has;
using server::Origin;
using Peer = server::Client;

class ErrandsTest : public testing::Test {
 protected:
  std::future<Fetched> begin(const Fetch& order) {
    auto promise = std::make_shared<std::promise<Fetched>>();
    errands_.fetch(this, order, [promise](const Fetched& answer) { promise->set_value(answer); });
    return promise->get_future();
  }
  [[nodiscard]] std::string url(const std::string& path) const {
    return "http://" + origin_.address() + path;
  }

  services::CapturingSink log_;
  Origin origin_;
  Errands errands_{base::system_clock(), log_};
};

TEST_F(ErrandsTest, AsksAndBringsTheAnswer) {
  auto answer = begin({.url = url("/a?b=c"), .headers = {{"X-One", "1"}}, .internal = true});
  Peer peer = origin_.accept();
  EXPECT_EQ(peer.read_until("\r\n\r\n"), "GET /a?b=c HTTP/1.1\r\nHost: " + origin_.address() +
                                             "\r\nX-One: 1\r\nUser-Agent: Portico\r\n\r\n");
  peer.send(
      "HTTP/1.1 201 Created\r\nX-Two: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n");
  const Fetched got = answer.get();
  EXPECT_EQ(got.error, "");
  EXPECT_EQ(got.status, Status::Created);
  EXPECT_EQ(got.body, "onetwo");
  ASSERT_FALSE(got.headers.empty());
  EXPECT_EQ(got.headers[0], (std::pair<std::string, std::string>("X-Two", "2")));
}

TEST_F(ErrandsTest, SendsABody) {
  const std::string body(100'000, 'x');
  auto answer = begin({.method = "POST", .url = url("/"), .body = body, .internal = true});
  Peer peer = origin_.accept();
  EXPECT_TRUE(has(peer.read_until("\r\n\r\n"), "Content-Length: 100000\r\n"));
  std::string got;
  while (got.size() < body.size()) got += peer.read_some();
  peer.send("HTTP/1.1 204 No Content\r\n\r\n");
  EXPECT_EQ(answer.get().status, Status::NoContent);
  EXPECT_EQ(got, body);
}

TEST_F(ErrandsTest, GoesToNoAddressThatIsNotPublic) {
  for (const std::string host :
       {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "169.254.169.254", "localhost",
        "metadata.google.internal", "0x7f.1", "2130706433", "0177.0.0.1", "127.1"}) {
    const Fetched got = begin({.url = "http://" + host + "/"}).get();
    EXPECT_NE(got.error, "") << host;
    EXPECT_EQ(got.status, Status{}) << host;
  }
  EXPECT_FALSE(origin_.waits(0));
}

TEST_F(ErrandsTest, FollowsNoRedirect) {
  auto answer = begin({.url = url("/"), .internal = true});
  Peer peer = origin_.accept();
  peer.read_until("\r\n\r\n");
  peer.send("HTTP/1.1 302 Found\r\nLocation: " + url("/inside") + "\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(answer.get().status, Status::Found);
  EXPECT_FALSE(origin_.waits(0));
}

TEST_F(ErrandsTest, ReadsNoMoreThanItMay) {
  auto answer = begin({.url = url("/"), .most_bytes = 10, .internal = true});
  Peer peer = origin_.accept();
  peer.read_until("\r\n\r\n");
  peer.send("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world");
  EXPECT_EQ(answer.get().error, "its answer is too large");
}

TEST_F(ErrandsTest, GivesUpInTime) {
  using namespace std::chrono_literals;
  auto answer = begin({.url = url("/"), .timeout = 50ms, .internal = true});
  Peer peer = origin_.accept();
  EXPECT_NE(answer.get().error, "");
  peer.read_until("\r\n\r\n");
  EXPECT_EQ(peer.read_some(), "");
}

TEST_F(ErrandsTest, SaysWhyThereIsNoAnswer) {
  origin_.close();
  EXPECT_EQ(begin({.url = url("/"), .internal = true}).get().error, "Connection refused");
  EXPECT_EQ(begin({.url = "ftp://example.com/"}).get().status, Status{});
  EXPECT_NE(begin({.url = "http://u:p@example.com/"}).get().error, "");
  EXPECT_NE(begin({.url = url("/"), .headers = {{"A b", "c"}}, .internal = true}).get().error, "");
}

TEST_F(ErrandsTest, ConnectsAlone) {
  const Fetch order{.method = "", .url = url("/"), .internal = true};
  EXPECT_EQ(begin(order).get().error, "");
  origin_.close();
  EXPECT_EQ(begin(order).get().error, "Connection refused");
}

TEST_F(ErrandsTest, GoesWhereItIsSent) {
  auto answer =
      begin({.url = "http://app.example/health", .internal = true, .address = origin_.address()});
  Peer peer = origin_.accept();
  EXPECT_TRUE(has(peer.read_until("\r\n\r\n"), "Host: app.example\r\n"));
  peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(answer.get().status, Status::Ok);
}

TEST_F(ErrandsTest, ForgetsWhatAnOwnerAsked) {
  auto answer = begin({.url = url("/"), .internal = true});
  Peer peer = origin_.accept();
  peer.read_until("\r\n\r\n");
  errands_.forget(this);
  EXPECT_EQ(peer.read_some(), "");
  EXPECT_THROW(answer.get(), std::future_error);
}

TEST_F(ErrandsTest, KnowsTheNamesOfThisMachine) {
  std::promise<Resolved> told;
  errands_.resolve(this, "localhost", Record::Address,
                   [&told](const Resolved& resolved) { told.set_value(resolved); });
  const Resolved resolved = told.get_future().get();
  EXPECT_EQ(resolved.error, "");
  EXPECT_NE(std::ranges::find(resolved.addresses, "127.0.0.1"), resolved.addresses.end());
}

TEST_F(ErrandsTest, SaysWhatIsNoName) {
  std::promise<Resolved> told;
  errands_.resolve(this, "a..b", Record::Service,
                   [&told](const Resolved& resolved) { told.set_value(resolved); });
  EXPECT_EQ(told.get_future().get().error, "this is no name");
}

TEST(Errands, EndsWhatIsUnderWayWithAnError) {
  services::CapturingSink log;
  Origin origin;
  std::promise<Fetched> got;
  {
    Errands errands(base::system_clock(), log);
    errands.fetch(nullptr, {.url = "http://" + origin.address() + "/", .internal = true},
                  [&got](const Fetched& answer) { got.set_value(answer); });
    (void)origin.accept();
  }
  EXPECT_NE(got.get_future().get().error, "");
}

}  // namespace
}  // namespace portico::fetch

// SPDX-License-Identifier: Apache-2.0
// Requests beyond what an endpoint may have.
#include "unit/server/forwarding.h"

namespace portico::server {
namespace {

using ForwardingQueue = UpstreamForwarding;

TEST_F(ForwardingQueue, WaitsForAPlace) {
  how_.connections = 1;
  how_.queue = 1;
  start();
  Client first = connect();
  Client second = connect();
  first.send(get("/up"));
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  second.send(get("/up"));
  ASSERT_TRUE(eventually([&] { return upstream_->waiting == 1; }));
  const std::string third = connect().send(get("/up")).read_answer();
  EXPECT_EQ(status_of(third), 503);
  EXPECT_TRUE(has(third, "upstream_busy"));
  EXPECT_TRUE(has(third, "Retry-After: 1\r\n"));
  upstream.send(ok("one"));
  EXPECT_EQ(body_of(first.read_answer()), "one");
  upstream.read_until("\r\n\r\n");
  upstream.send(ok("two"));
  EXPECT_EQ(body_of(second.read_answer()), "two");
  EXPECT_EQ(upstream_->waiting, 0U);
}

TEST_F(ForwardingQueue, WaitsForAPlaceNoLongerThanItMay) {
  how_.connections = 1;
  how_.queue = 2;
  how_.queue_timeout = 50ms;
  start();
  Client first = connect();
  first.send(get("/up"));
  Client upstream = origin_.accept();
  upstream.read_until("\r\n\r\n");
  {
    Client leaves = connect();
    leaves.send(get("/up"));
    ASSERT_TRUE(eventually([&] { return upstream_->waiting == 1; }));
  }
  ASSERT_TRUE(eventually([&] { return upstream_->waiting == 0; }));
  EXPECT_EQ(status_of(connect().send(get("/up")).read_answer()), 503);
  EXPECT_EQ(upstream_->waiting, 0U);
  upstream.send(ok("one"));
  EXPECT_EQ(body_of(first.read_answer()), "one");
}

}  // namespace
}  // namespace portico::server

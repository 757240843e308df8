// SPDX-License-Identifier: Apache-2.0
#include "unit/pipeline/simulation.h"

namespace portico::pipeline {
namespace {

using simulation::Kit;
using simulation::Line;
using simulation::say;

constexpr Failure Refused{.status = Status::BadGateway,
                          .code = "upstream_refused",
                          .sentence = "The upstream did not answer.",
                          .how = Outcome::How::UpstreamLost};

/// The head of an upstream's answer.
void head(Kit& kit, Status status = Status::Ok) {
  const base::ArenaScope scope(kit.arena);
  Response response(status);
  response.headers().set("Content-Length", "5");
  kit.driver.upstream_head(std::move(response));
}

Flow to_bookings(Request&) { return forward({.upstream = named_upstream("bookings")}); }

TEST(Forwarding, RelaysWhenNothingIsRewritten) {
  Kit kit;
  kit.link([](Request&) { return pass([](Response& r) { r.headers().set("X-After", "1"); }); });
  kit.terminal(to_bookings);
  kit.start();
  EXPECT_EQ(kit.line.upstream, "bookings");
  EXPECT_EQ(kit.line.request_body, RequestBody::Relayed);
  head(kit);
  EXPECT_EQ(kit.line.plan, AnswerBody::Relayed);
  EXPECT_EQ(kit.line.field("X-After"), "1");
  EXPECT_EQ(kit.line.field("Content-Length"), "5");
  EXPECT_EQ(kit.line.drops, 0);
}

TEST(Forwarding, AnswersWhenTheUpstreamFails) {
  Kit kit;
  kit.link([](Request&) { return pass([](Response& r) { r.headers().set("X-After", "1"); }); });
  kit.terminal(to_bookings);
  kit.start();
  kit.driver.fail(Refused);
  EXPECT_EQ(kit.line.status, 502);
  EXPECT_EQ(kit.line.field("X-After"), "1");
  EXPECT_EQ(kit.outcome().how, Outcome::How::Answered);
}

TEST(Forwarding, AnswersWhenTheUpstreamFailsAtOnce) {
  Kit kit;
  kit.line.on_forward = [&] { kit.driver.fail(Refused); };
  kit.terminal(to_bookings);
  kit.start();
  EXPECT_EQ(kit.line.status, 502);
}

TEST(Forwarding, CutsTheConnectionWhenTheUpstreamIsLostHalfWay) {
  Kit kit;
  kit.line.sent = Line::When::Later;
  kit.terminal(to_bookings);
  kit.start();
  head(kit);
  kit.driver.fail(Refused);
  EXPECT_EQ(kit.line.aborts, 1);
  EXPECT_EQ(kit.line.heads, 1);
  EXPECT_EQ(kit.outcome().how, Outcome::How::UpstreamLost);
  EXPECT_EQ(kit.outcome().status, Status::Ok);
}

TEST(Forwarding, DropsTheUpstreamWhenTheClientGoes) {
  Kit kit;
  kit.terminal(to_bookings);
  kit.start();
  kit.driver.client_gone();
  EXPECT_EQ(kit.line.drops, 1);
  EXPECT_EQ(kit.line.heads, 0);
  EXPECT_EQ(kit.outcome().how, Outcome::How::ClientGone);
  EXPECT_EQ(kit.outcome().status, Status{0});
}

TEST(Forwarding, LetsSwitchingProtocolsThrough) {
  Kit kit;
  kit.terminal(to_bookings);
  kit.start();
  head(kit, Status::SwitchingProtocols);
  EXPECT_EQ(kit.line.status, 101);
  EXPECT_EQ(kit.line.plan, AnswerBody::Relayed);
}

TEST(Forwarding, RefusesAnInterimAnswerAsAFinalOne) {
  Kit kit;
  kit.terminal(to_bookings);
  kit.start();
  head(kit, Status::Continue);
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(kit.line.drops, 1);
}

TEST(Forwarding, DropsTheUpstreamWhenAnAfterThrows) {
  Kit kit;
  kit.link([](Request&) { return pass([](Response&) { throw 1; }); });
  kit.terminal(to_bookings);
  kit.start();
  head(kit);
  EXPECT_EQ(kit.line.status, 500);
  EXPECT_EQ(kit.line.drops, 1);
  EXPECT_EQ(kit.line.plan, AnswerBody::Held);
}

TEST(Forwarding, DropsTheUpstreamWhenAnAfterPutsABodyInItsPlace) {
  Kit kit;
  kit.link([](Request&) { return pass([](Response& r) { r.body("mine", "text/plain"); }); });
  kit.terminal(to_bookings);
  kit.start();
  head(kit);
  EXPECT_EQ(kit.line.to_client, "mine");
  EXPECT_EQ(kit.line.field("Content-Length"), "4");
  EXPECT_EQ(kit.line.drops, 1);
}

TEST(Forwarding, SendsABodyThatWasReadWholeAgain) {
  Kit kit;
  kit.body(std::string(5000, 'x'));
  kit.link([](Request& q) {
    return await(whole_body(q, Bytes{10000}), [](Request& r, std::string_view bytes) {
      EXPECT_EQ(bytes.size(), 5000U);
      EXPECT_EQ(r.body().size(), 5000U);
      return pass();
    });
  });
  kit.terminal(to_bookings);
  kit.start();
  EXPECT_EQ(kit.line.request_body, RequestBody::Driven);
  EXPECT_EQ(kit.line.to_upstream, std::string(5000, 'x'));
  EXPECT_EQ(kit.line.ends[Line::index(Way::ToUpstream)], 1);
  EXPECT_EQ(kit.request.head.body_length, 5000U);
  head(kit);
  EXPECT_EQ(kit.line.status, 200);
}

TEST(Forwarding, IgnoresWhatNobodyAskedFor) {
  Kit kit;
  kit.line.sent = Line::When::Later;
  kit.terminal([](Request&) { return say("x"); });
  kit.start();
  head(kit);
  kit.driver.upstream_body("y");
  kit.driver.upstream_end();
  kit.driver.drained(Way::ToClient);
  kit.driver.drained(Way::ToUpstream);
  kit.driver.request_body("z");
  kit.driver.request_body_end();
  EXPECT_EQ(kit.line.to_client, "x");
  kit.driver.sent();
  EXPECT_EQ(kit.line.releases, 1);
}

TEST(Forwarding, IgnoresAnEarlySent) {
  Kit kit;
  kit.terminal(to_bookings);
  kit.start();
  kit.driver.sent();
  EXPECT_TRUE(kit.driver.busy());
  head(kit);
  EXPECT_EQ(kit.outcome().how, Outcome::How::Answered);
}

TEST(Driver, AnswersWhenADeadlineStrikes) {
  Kit kit;
  int cancelled = 0;
  kit.link([&](Request&) {
    return await(Operation<int>([&](Resume<int>) -> Step<void()> { return [&] { ++cancelled; }; }),
                 [](Request&, int) { return pass(); });
  });
  kit.terminal(to_bookings);
  kit.start();
  kit.driver.fail({.status = Status::GatewayTimeout,
                   .code = "timeout",
                   .sentence = "Too slow.",
                   .retry_after = std::chrono::seconds(3)});
  EXPECT_EQ(kit.line.status, 504);
  EXPECT_EQ(kit.line.field("Retry-After"), "3");
  EXPECT_EQ(cancelled, 1);
}

TEST(Driver, KeepsTheFirstFailureAndTheFirstEnd) {
  Kit kit;
  kit.line.on_forward = [&] {
    kit.driver.fail(Refused);
    kit.driver.fail({.status = Status::GatewayTimeout, .code = "later", .sentence = "Later."});
  };
  kit.line.on_head = [&] {
    kit.driver.sent();
    kit.driver.client_gone();
  };
  kit.terminal(to_bookings);
  kit.start();
  EXPECT_EQ(kit.line.status, 502);
  EXPECT_EQ(kit.outcome().how, Outcome::How::Answered);
}

}  // namespace
}  // namespace portico::pipeline

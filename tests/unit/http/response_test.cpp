// SPDX-License-Identifier: Apache-2.0
#include "http/request_state.h"
#include "http/response_state.h"
#include "http/status_text.h"

#include <array>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico {
namespace {

struct Counted final : BodyStage {
  explicit Counted(int& count) : alive(count) { ++alive; }
  ~Counted() override { --alive; }
  void on_chunk(std::string_view bytes, Sink& sink) override { sink.write(bytes); }
  void on_end(Sink&) override {}
  int& alive;
};

TEST(Response, OwnsItsMemoryOutsideARequest) {
  Response response(Status::Created);
  response.body("hello", "text/plain");
  const Response moved = std::move(response);
  EXPECT_EQ(moved.status(), Status::Created);
  EXPECT_EQ(moved.body(), "hello");
  EXPECT_EQ(moved.headers().get("Content-Type"), "text/plain");
}

TEST(Response, LivesInTheMemoryOfTheRequest) {
  base::Arena arena;
  const base::ArenaScope scope(arena);
  const Response response;
  EXPECT_EQ(detail::ResponseState::of(response).arena, &arena);
  EXPECT_GT(arena.used(), sizeof(detail::ResponseState) - 1);
}

TEST(Response, DestroysItsStages) {
  int alive = 0;
  {
    Response response;
    response.transform(std::make_unique<Counted>(alive));
    Response other;
    other.transform(std::make_unique<Counted>(alive));
    EXPECT_EQ(alive, 2);
    response = std::move(other);
    response = Response(Status::Ok);
  }
  EXPECT_EQ(alive, 0);
}

TEST(Response, ReplacesItsBody) {
  Response response;
  response.body("one", "text/plain");
  response.body("two", "text/html");
  EXPECT_EQ(response.body(), "two");
  EXPECT_EQ(response.headers().size(), 1U);
}

TEST(Problem, IsWhatRfc9457Says) {
  base::Arena arena;
  http::RequestState request(arena);
  request.head.id = "0190-abc";
  const base::ArenaScope scope(arena);
  const Response response =
      problem(Status::Forbidden, "not_allowed", "You may not \"do\" this.", "rule 7");
  EXPECT_EQ(response.headers().get("Content-Type"), "application/problem+json");
  EXPECT_EQ(response.body(),
            R"({"type":"about:blank","title":"Forbidden","status":403,"code":"not_allowed",)"
            R"("detail":"You may not \"do\" this.","request_id":"0190-abc"})");
  EXPECT_EQ(detail::ResponseState::of(response).internal, "rule 7");
}

TEST(Problem, HasMembersOfItsMakersOwn) {
  const std::array members{ProblemMember::text("decision", "a \"b\""),
                           ProblemMember::json("required", R"(["x:y"])")};
  const Response response = problem(Status::Forbidden, "no", "No.", members, "for the log");
  EXPECT_THAT(std::string(response.body()),
              ::testing::EndsWith(R"(,"decision":"a \"b\"","required":["x:y"]})"));
}

TEST(Problem, HasNoIdOutsideARequest) {
  const Response response = problem(Status::NotFound, "none", "None.");
  EXPECT_EQ(response.body().find("request_id"), std::string_view::npos);
}

TEST(StatusText, NamesCodesAndTheirClasses) {
  EXPECT_EQ(http::status_text(100), "Continue");
  EXPECT_EQ(http::status_text(404), "Not Found");
  EXPECT_EQ(http::status_text(511), "Network Authentication Required");
  EXPECT_EQ(http::status_text(499), "Client Error");
  EXPECT_EQ(http::status_text(599), "Server Error");
  EXPECT_EQ(http::status_text(299), "Success");
  EXPECT_EQ(http::status_text(999), "Unknown");
  EXPECT_EQ(http::status_line(404), "HTTP/1.1 404 Not Found\r\n");
  EXPECT_EQ(http::status_line(511), "HTTP/1.1 511 Network Authentication Required\r\n");
  for (const unsigned code : {0U, 299U, 512U, 999U}) {
    EXPECT_EQ(http::status_line(static_cast<std::uint16_t>(code)), "");
  }
}

}  // namespace
}  // namespace portico

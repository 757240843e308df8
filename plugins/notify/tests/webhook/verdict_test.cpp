// SPDX-License-Identifier: Apache-2.0
#include "webhook/verdict.h"

#include "webhook/endpoint_health.h"
#include "webhook/http_date.h"
#include "webhook/retry_after.h"

#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace portico::notify::webhook {
namespace {

using Kind = Verdict::Kind;
using std::chrono::microseconds;
using namespace std::chrono_literals;

constexpr microseconds Now = 784111777s;  // Sun, 06 Nov 1994 08:49:37 GMT

Verdict after(int status, std::string_view retry_after = {}, unsigned number = 1,
              double chance = 0.5) {
  return verdict_of(status, retry_after, {number, Now, chance});
}

TEST(WebhookVerdict, TakesEach2xxForDelivered) {
  for (const int status : {200, 201, 202, 204, 299}) {
    EXPECT_EQ(after(status), (Verdict{Kind::Delivered, 0us, "delivered"})) << status;
  }
}

// Case 138: a redirect is not followed; the attempt failed.
TEST(WebhookVerdict, TakesARedirectForAFailure) {
  for (const int status : {301, 302, 303, 307, 308}) {
    EXPECT_EQ(after(status).kind, Kind::Later) << status;
    EXPECT_EQ(after(status).reason, "redirected") << status;
  }
}

// Case 143: 410 disables the endpoint, whichever attempt it was.
TEST(WebhookVerdict, DisablesAnEndpointThatIsGone) {
  EXPECT_EQ(after(410), (Verdict{Kind::Disable, 0us, "gone"}));
  EXPECT_EQ(after(410, {}, 10), (Verdict{Kind::Disable, 0us, "gone"}));
}

TEST(WebhookVerdict, TriesAgainAfterWhateverElse) {
  EXPECT_EQ(after(0).reason, "no_answer");
  EXPECT_EQ(after(400).reason, "refused");
  EXPECT_EQ(after(404).reason, "refused");
  EXPECT_EQ(after(500).reason, "server_error");
  EXPECT_EQ(after(101).reason, "no_http");
  EXPECT_EQ(after(999).reason, "no_http");
  for (const int status : {0, 101, 400, 401, 403, 404, 429, 500, 502, 503, 504, 599, 999}) {
    EXPECT_EQ(after(status).kind, Kind::Later) << status;
  }
}

TEST(WebhookVerdict, WaitsLongerEachTimeByFullJitter) {
  EXPECT_EQ(after(500, {}, 1, 0).wait, 0us);
  EXPECT_EQ(after(500, {}, 1, 0.5).wait, 2500ms);
  EXPECT_EQ(after(500, {}, 2, 0.5).wait, 150s);
  EXPECT_EQ(after(500, {}, 9, 0.5).wait, 12h);
  EXPECT_EQ(after(500, {}, 9, 7).wait, 24h);
  EXPECT_EQ(after(500, {}, 9, -7).wait, 0us);
}

TEST(WebhookVerdict, GivesUpAfterTheTenthAttempt) {
  EXPECT_EQ(after(500, {}, 9).kind, Kind::Later);
  EXPECT_EQ(after(500, {}, 10), (Verdict{Kind::GiveUp, 0us, "server_error"}));
  EXPECT_EQ(after(429, "60", 10).kind, Kind::GiveUp);
  EXPECT_EQ(after(500, {}, 0).kind, Kind::GiveUp);
}

// Case 143: 429 with Retry-After is honoured, up to 24 h.
TEST(WebhookVerdict, WaitsAsLongAsItWasAsked) {
  for (const int status : {429, 503}) {
    EXPECT_EQ(after(status, "120", 8, 0).wait, 120s);
    EXPECT_EQ(after(status, "120", 8, 0.5).wait, 122500ms);
    EXPECT_EQ(after(status, "Sun, 06 Nov 1994 09:00:00 GMT", 1, 0).wait, 623s);
    EXPECT_EQ(after(status, "86400", 1, 0.9).wait, 24h);
    EXPECT_EQ(after(status, "86401", 1, 0).wait, 24h);
    EXPECT_EQ(after(status, "99999999999999999999999999", 1, 0).wait, 24h);
    EXPECT_EQ(after(status, "Fri, 31 Dec 9999 23:59:59 GMT", 1, 0).wait, 24h);
    EXPECT_EQ(after(status, "soon", 2, 0.5).wait, 150s);
  }
  EXPECT_EQ(after(500, "120", 2, 0.5).wait, 150s);
}

TEST(RetryAfter, IsSecondsOrATime) {
  EXPECT_EQ(read_retry_after("0", Now), 0s);
  EXPECT_EQ(read_retry_after("007", Now), 7s);
  EXPECT_EQ(read_retry_after("Sun, 06 Nov 1994 08:49:38 GMT", Now), 1s);
  EXPECT_EQ(read_retry_after("Sun, 06 Nov 1994 08:00:00 GMT", Now), 0s);
  for (const char* const text : {"", "-1", "1.5", " 1", "1 ", "1s", "Sun"}) {
    EXPECT_FALSE(read_retry_after(text, Now)) << text;
  }
}

TEST(HttpDate, ReadsTheFormOfToday) {
  EXPECT_EQ(read_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777s);
  EXPECT_EQ(read_http_date("Thu, 01 Jan 1970 00:00:00 GMT"), 0s);
  EXPECT_EQ(read_http_date("Thu, 29 Feb 2024 23:59:60 GMT"), 1709251200s);
  for (const char* const text : {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                                 "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 24:00:00 GMT",
                                 "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
                                 "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 anF 1994 08:49:37 GMT",
                                 "Sun, 06 nov 1994 08:49:37 GMT", "Sun, +6 Nov 1994 08:49:37 GMT",
                                 "Sun, 06 Nov 1994 08:49:37 GMT "}) {
    EXPECT_FALSE(read_http_date(text)) << text;
  }
}

TEST(EndpointHealth, CountsFromTheFirstFailure) {
  auto since = failing_since(std::nullopt, false, Now);
  EXPECT_EQ(since, Now);
  since = failing_since(since, false, Now + 1h);
  EXPECT_EQ(since, Now);
  EXPECT_EQ(failing_since(since, true, Now + 2h), std::nullopt);
}

TEST(EndpointHealth, EndsAfter120Hours) {
  EXPECT_FALSE(failing_too_long(std::nullopt, Now));
  EXPECT_FALSE(failing_too_long(Now, Now + 120h - 1us));
  EXPECT_TRUE(failing_too_long(Now, Now + 120h));
  EXPECT_FALSE(failing_too_long(Now, Now - 1h));
}

}  // namespace
}  // namespace portico::notify::webhook

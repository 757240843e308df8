// SPDX-License-Identifier: Apache-2.0
#include "sendgrid/verdict.h"

#include <gtest/gtest.h>

namespace portico::notify::sendgrid {
namespace {

using Kind = Verdict::Kind;
using std::chrono::microseconds;
using namespace std::chrono_literals;

constexpr microseconds Now = 1'392'815'000s;

TEST(SendGridVerdict, TakesAcceptedForSent) {
  EXPECT_EQ(verdict_of({202}, Now), (Verdict{Kind::Sent, 0us, "sent"}));
  EXPECT_EQ(verdict_of({200}, Now), (Verdict{Kind::Sent, 0us, "sent"}));
}

TEST(SendGridVerdict, NeverSendsAgainWhatIsWrong) {
  EXPECT_EQ(verdict_of({400}, Now), (Verdict{Kind::Never, 0us, "bad_request"}));
  EXPECT_EQ(verdict_of({401}, Now), (Verdict{Kind::Never, 0us, "unauthorized"}));
  EXPECT_EQ(verdict_of({403}, Now), (Verdict{Kind::Never, 0us, "forbidden"}));
  EXPECT_EQ(verdict_of({413}, Now), (Verdict{Kind::Never, 0us, "too_large"}));
  EXPECT_EQ(verdict_of({404, "60"}, Now), (Verdict{Kind::Never, 0us, "refused"}));
}

TEST(SendGridVerdict, WaitsUntilTheLimitIsReset) {
  EXPECT_EQ(verdict_of({429, "", "1392815263"}, Now),
            (Verdict{Kind::Later, 263s, "too_many_requests"}));
  EXPECT_EQ(verdict_of({429, "30", "1392815263"}, Now).wait, 30s);
  EXPECT_EQ(verdict_of({429, "", "1392814999"}, Now).wait, 0s);
  EXPECT_EQ(verdict_of({429}, Now).wait, 0s);
  EXPECT_EQ(verdict_of({429, "999999999999"}, Now).wait, 24h);
  EXPECT_EQ(verdict_of({429, "", "999999999999"}, Now).wait, 24h);
  for (const char* const text : {"soon", "-1", "9999999999999", "1 ", "1.5"}) {
    EXPECT_EQ(verdict_of({429, text, text}, Now).wait, 0s) << text;
  }
}

TEST(SendGridVerdict, TriesAgainAfterTheServicesFaults) {
  EXPECT_EQ(verdict_of({500}, Now), (Verdict{Kind::Later, 0us, "server_error"}));
  EXPECT_EQ(verdict_of({503, "60"}, Now), (Verdict{Kind::Later, 60s, "server_error"}));
  EXPECT_EQ(verdict_of({408}, Now), (Verdict{Kind::Later, 0us, "timeout"}));
  EXPECT_EQ(verdict_of({0}, Now), (Verdict{Kind::Later, 0us, "no_answer"}));
  EXPECT_EQ(verdict_of({302}, Now), (Verdict{Kind::Later, 0us, "no_api"}));
}

}  // namespace
}  // namespace portico::notify::sendgrid

// SPDX-License-Identifier: Apache-2.0
#include "health/expectation.h"

#include <gtest/gtest.h>

namespace portico::proxy {
namespace {

Fetched answer(int status, std::string body = {}) {
  Fetched made;
  made.status = static_cast<Status>(status);
  made.body = std::move(body);
  return made;
}

TEST(Expectation, TakesTwoHundredsAndRedirectsAsTheyCome) {
  const Expectation usual(CheckSettings{.path = "/health"});
  EXPECT_EQ(usual.fault(answer(200)), "");
  EXPECT_EQ(usual.fault(answer(302)), "");
  EXPECT_EQ(usual.fault(answer(404)), "it answered 404");
  EXPECT_EQ(usual.fault(answer(0)), "it answered 0");
}

TEST(Expectation, KnowsRangesAndSingleStatuses) {
  const Expectation own(CheckSettings{.path = "/", .status = {"204", "400-404"}});
  EXPECT_EQ(own.fault(answer(204)), "");
  EXPECT_EQ(own.fault(answer(400)), "");
  EXPECT_EQ(own.fault(answer(404)), "");
  EXPECT_NE(own.fault(answer(405)), "");
  EXPECT_NE(own.fault(answer(200)), "");
}

TEST(Expectation, LooksForAText) {
  const Expectation own(CheckSettings{.path = "/", .body = "ready"});
  EXPECT_EQ(own.fault(answer(200, "we are ready")), "");
  EXPECT_EQ(own.fault(answer(200, "starting")), "its answer lacks the text");
}

TEST(Expectation, IsContentWithAConnectionWhereThereIsNoPath) {
  const Expectation connects{CheckSettings{}};
  EXPECT_EQ(connects.fault(answer(0)), "");
  Fetched refused;
  refused.error = "Connection refused";
  EXPECT_EQ(connects.fault(refused), "Connection refused");
}

TEST(Expectation, RefusesWhatIsNoStatus) {
  for (const char* text : {"200", "2xx", "5xx", "200-299", "200-200"}) {
    EXPECT_EQ(fault_of_statuses(text), "") << text;
  }
  for (const char* text : {"", "20", "2000", "6xx", "0xx", "xxx", "600", "099", "299-200", "200-",
                           "-200", "200-3xx", "2x0"}) {
    EXPECT_NE(fault_of_statuses(text), "") << text;
  }
}

}  // namespace
}  // namespace portico::proxy

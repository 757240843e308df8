// SPDX-License-Identifier: Apache-2.0
// What the server counts.
#include "server/meter.h"
#include "unit/server/harness.h"

#include <array>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::server {
namespace {

using testing::HasSubstr;
using testing::Not;

template <class Source>
std::string page_of(const Source& source) {
  std::string page;
  services::Exposition exposition(page);
  source.expose(exposition);
  return page;
}

TEST(RouteSeries, CountsManyStatusesAloneAndTheRestTogether) {
  RouteSeries series;
  for (unsigned code = 200; code < 220; ++code) series.refused(code);
  for (const unsigned code : {0U, 99U, 600U, 70'000U}) series.refused(code);
  RouteSeries::Sums sums;
  series.add_to(sums);
  EXPECT_EQ(sums.codes.size(), RouteSeries::MostCodes + 1);
  EXPECT_EQ(sums.codes[200], 1U);
  EXPECT_EQ(sums.codes[0], 20 - RouteSeries::MostCodes + 4);
}

TEST(Meter, SumsUpWhatTheLanesCount) {
  Meter meter(2);
  meter.follow(std::array<std::string_view, 2>{"", "GET /a"});
  for (std::size_t lane = 0; lane < 2; ++lane) {
    (*meter.table(lane))[1]->ended({200, 2ms, 10, 20});
  }
  const std::string page = page_of(meter);
  EXPECT_THAT(page, HasSubstr("portico_http_requests_total{route=\"GET /a\",code=\"200\"} 2\n"));
  EXPECT_THAT(page, HasSubstr("portico_http_received_bytes_total{route=\"GET /a\"} 20\n"));
  EXPECT_THAT(page, HasSubstr("portico_http_sent_bytes_total{route=\"GET /a\"} 40\n"));
  EXPECT_THAT(page, HasSubstr("_duration_seconds_sum{route=\"GET /a\"} 0.004\n"));
  EXPECT_THAT(page, Not(HasSubstr("route=\"\"")));
}

TEST(Meter, GoesOnWithARouteThatStaysAndForgetsOneThatGoes) {
  Meter meter(1);
  meter.follow(std::array<std::string_view, 2>{"GET /stays", "GET /goes"});
  const auto before = meter.table(0);
  (*before)[0]->ended({200});
  (*before)[1]->ended({200});
  meter.follow(std::array<std::string_view, 2>{"GET /new", "GET /stays"});
  (*before)[0]->ended({200});  // By an exchange of the old edition.
  (*before)[1]->ended({200});
  (*meter.table(0))[1]->ended({200});
  const std::string page = page_of(meter);
  EXPECT_THAT(page, HasSubstr("{route=\"GET /stays\",code=\"200\"} 3\n"));
  EXPECT_THAT(page, Not(HasSubstr("/goes")));
  EXPECT_THAT(page, Not(HasSubstr("/new")));
}

using ServerMetrics = ServerTest;

TEST_F(ServerMetrics, CountRequestsByRouteAndStatus) {
  start();
  for (int i = 0; i < 3; ++i) ask(get("/ok"));
  ask(get("/nothing"));
  ask("GET / HTTP/1.1\r\nBad Field: x\r\n\r\n");
  const std::string page = page_of(*server_);
  EXPECT_THAT(page, HasSubstr("portico_http_requests_total{route=\"/ok\",code=\"200\"} 3\n"));
  EXPECT_THAT(page, HasSubstr("portico_http_requests_total{route=\"\",code=\"400\"} 1\n"));
  EXPECT_THAT(page, HasSubstr("portico_http_requests_total{route=\"\",code=\"404\"} 1\n"));
  EXPECT_THAT(page, HasSubstr("_duration_seconds_count{route=\"/ok\"} 3\n"));
  EXPECT_THAT(page, HasSubstr("portico_connections_accepted_total 5\n"));
  EXPECT_THAT(page, HasSubstr("portico_loop_turns_total{loop=\"0\"} "));
  EXPECT_THAT(page, HasSubstr("portico_loop_cpu_seconds_total{loop=\"0\"} "));
}

TEST_F(ServerMetrics, CountWhatIsUnderWay) {
  start();
  Client client = connect();
  client.send(get("/wait"));
  EXPECT_TRUE(eventually(
      [this] { return has(page_of(*server_), "\nportico_http_requests_in_flight 1\n"); }));
  client.close();
  EXPECT_TRUE(eventually([this] {
    const std::string page = page_of(*server_);
    return has(page, "\nportico_http_requests_in_flight 0\n") &&
           has(page, "portico_http_requests_total{route=\"/wait\",code=\"499\"} 1\n");
  }));
}

TEST_F(ServerMetrics, LeaveTheAdminAddressOut) {
  start();
  ask(get("/ok"), 1);
  EXPECT_THAT(page_of(*server_), Not(HasSubstr("code=")));
}

}  // namespace
}  // namespace portico::server

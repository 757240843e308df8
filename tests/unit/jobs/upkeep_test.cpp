// SPDX-License-Identifier: Apache-2.0
// What the tables of jobs and events need now and then, on both engines.
#include "jobs/upkeep.h"

#include "unit/jobs/work_fixture.h"

namespace portico::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

class SqlJobUpkeep : public WorkTest {
 public:
  double gauge(std::string_view kind, std::string_view state) {
    return metrics
        .gauge("portico_jobs", "Jobs that wait and that are dead, as counted every 10 s.",
               {{"kind", kind}, {"state", state}})
        .value();
  }
  void keep_up() { upkeep.keep_up(database.store(sql), clock.unix_time()); }

  services::MetricRegistry metrics;
  jobs::Upkeep upkeep{metrics};
};
INSTANTIATE_TEST_SUITE_P(On, SqlJobUpkeep, testing::Values(Engine::Sqlite, Engine::PostgreSql),
                         name_of);

TEST_P(SqlJobUpkeep, CountsWhatWaitsAndWhatIsDead) {
  const auto one = node();
  one->jobs.handle("broken", {}, [](Job job) { job.fail("broken"); });
  enqueue(*one, {.kind = "grind"});
  enqueue(*one, {.kind = "grind"});
  enqueue(*one, {.kind = "broken"});
  one->step();
  keep_up();
  EXPECT_EQ(gauge("mill.grind", "waiting"), 2);
  EXPECT_EQ(gauge("mill.broken", "dead"), 1);
  change("DELETE FROM portico_jobs");
  keep_up();
  EXPECT_EQ(gauge("mill.grind", "waiting"), 0) << "what is no more is shown as none";
}

TEST_P(SqlJobUpkeep, LetsGoOfTheDeadAfterHalfAYear) {
  const auto one = node();
  one->jobs.handle("broken", {}, [](Job job) { job.fail("broken"); });
  enqueue(*one, {.kind = "broken"});
  enqueue(*one, {.kind = "grind"});
  one->step();
  clock.advance(179 * 24h);
  keep_up();
  EXPECT_EQ(find("SELECT kind FROM portico_jobs ORDER BY kind"),
            (Lines{"mill.broken", "mill.grind"}));
  clock.advance(48h);
  keep_up();
  EXPECT_EQ(find("SELECT kind FROM portico_jobs"), Lines{"mill.grind"}) << "it still waits";
}

TEST_P(SqlJobUpkeep, LetsGoOfEventsAfterAWeek) {
  const auto one = node();
  one->jobs.on("payment.*", [](Transaction&, const Event&) {});
  publish("1", "payment.made");
  publish("2", "nobody.asks");
  one->step();
  keep_up();
  EXPECT_EQ(find("SELECT id FROM portico_outbox ORDER BY id"), (Lines{"1", "2"}));
  clock.advance(8 * 24h);
  publish("3", "nobody.asks");
  keep_up();
  EXPECT_EQ(find("SELECT id FROM portico_outbox"), Lines{"3"});
}

}  // namespace
}  // namespace portico::test

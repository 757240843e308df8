// SPDX-License-Identifier: Apache-2.0
// Who has a job: one node of several, as long as it is heard of; on both engines.
#include "unit/jobs/work_fixture.h"

#include <optional>

namespace portico::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

class SqlJobLeases : public WorkTest {
 public:
  auto grinder() {
    return [this](Job job) {
      done.emplace_back(job.payload());
      job.done();
    };
  }
  std::vector<std::string> rows() { return find("SELECT kind FROM portico_jobs"); }

  std::vector<std::string> done;
};
INSTANTIATE_TEST_SUITE_P(On, SqlJobLeases, testing::Values(Engine::Sqlite, Engine::PostgreSql),
                         name_of);

// Case 145: two workers, one row.
TEST_P(SqlJobLeases, AreTakenByOneOfTwoNodes) {
  const auto one = node();
  const auto two = node();
  std::optional<Job> kept;
  one->jobs.handle("grind", {}, [&](Job job) { kept.emplace(std::move(job)); });
  two->jobs.handle("grind", {}, grinder());
  enqueue(*one, {.kind = "grind"});
  one->step();
  two->step();
  EXPECT_TRUE(kept.has_value());
  EXPECT_EQ(done, Lines{});
  kept->done();
  one->step();
  EXPECT_EQ(rows(), Lines{});
}

// Case 145: who has lost its lease finishes nothing.
TEST_P(SqlJobLeases, OfANodeThatIsNotHeardOfAreDoneByAnother) {
  const auto one = node();
  const auto two = node();
  std::optional<Job> kept;
  int settled = 0;
  one->jobs.handle(
      "grind", {.lease = 60s}, [&](Job job) { kept.emplace(std::move(job)); },
      [&](Transaction&, std::span<const JobReport>) { ++settled; });
  two->jobs.handle("grind", {.pauses = {1h}}, [](Job job) { job.retry("later"); });
  enqueue(*one, {.kind = "grind"});
  one->step();
  clock.advance(60s);
  two->step();
  EXPECT_EQ(find("SELECT attempts, last_error FROM portico_jobs"), Lines{"2 | later"});
  kept->done();
  one->step();
  EXPECT_EQ(settled, 0);
  EXPECT_EQ(find("SELECT attempts, last_error FROM portico_jobs"), Lines{"2 | later"})
      << "it is not the first one's any more";
}

TEST_P(SqlJobLeases, ThatTakeLongStayWithTheirNode) {
  const auto one = node();
  const auto two = node();
  std::optional<Job> kept;
  one->jobs.handle("grind", {.lease = 60s}, [&](Job job) { kept.emplace(std::move(job)); });
  two->jobs.handle("grind", {}, grinder());
  enqueue(*one, {.kind = "grind"});
  for (int i = 0; i < 10; ++i) {
    one->step();
    clock.advance(20s);
    two->step();
  }
  EXPECT_EQ(done, Lines{});
  kept->done();
}

TEST_P(SqlJobLeases, ThatKillTheirNodeAreDeadAtLast) {
  enqueue(*node(), {.kind = "grind"});
  for (int crash = 0; crash < 3; ++crash) {
    change("UPDATE portico_jobs SET attempts = attempts + 1, locked_by = 'gone'");
  }
  const auto one = node();
  one->jobs.handle("grind", {.attempts = 3}, grinder());
  one->step();
  EXPECT_EQ(done, Lines{});
  EXPECT_EQ(find("SELECT last_error FROM portico_jobs WHERE ended_at IS NOT NULL"),
            Lines{"it was lost with its node too often"});
}

TEST_P(SqlJobLeases, AreTakenOnlyWhereThereIsRoom) {
  const auto one = node();
  std::vector<Job> kept;
  one->jobs.handle("grind", {.threads = 1, .under_way = 2},
                   [&](Job job) { kept.push_back(std::move(job)); });
  for (int i = 0; i < 5; ++i) enqueue(*one, {.kind = "grind"});
  one->step();
  EXPECT_EQ(kept.size(), 2U);
  kept.front().done();
  one->step();
  EXPECT_EQ(kept.size(), 3U);
  kept.clear();
}

TEST_P(SqlJobLeases, OfAKindThatRestsWait) {
  const auto one = node();
  const auto two = node();
  one->jobs.handle("grind", {}, grinder());
  one->jobs.rest("grind", 10s);
  enqueue(*one, {.kind = "grind"});
  one->step();
  EXPECT_EQ(done, Lines{});
  clock.advance(10s);
  one->step();
  EXPECT_EQ(done, Lines{"{}"});
  two->jobs.handle("grind", {}, grinder());
  one->jobs.rest("grind", 10s);
  enqueue(*one, {.kind = "grind"});
  two->step();
  EXPECT_EQ(done.size(), 2U) << "another node has what this one lacks";
}

TEST_P(SqlJobLeases, OfAnInstanceThatIsRetiredAreLeftToOthers) {
  const auto two = node();
  {
    const auto one = node();
    one->jobs.handle("grind", {}, grinder());
    enqueue(*one, {.kind = "grind"});
    one->jobs.withdraw();
    one->step();
  }
  EXPECT_EQ(done, Lines{});
  two->jobs.handle("grind", {}, grinder());
  two->step();
  EXPECT_EQ(done, Lines{"{}"});
}

}  // namespace
}  // namespace portico::test

// SPDX-License-Identifier: Apache-2.0
// What is known of jobs when a process is killed.
#include "unit/jobs/work_fixture.h"
#include "unit/temporary_folder.h"

#include <fstream>
#include <optional>

namespace portico::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

class JobJournals : public WorkTest {
 public:
  /// Does a job and says so, but does not come to write it: whoever has the files alone knows.
  void end_unwritten(Callable<void(Job&)> how) {
    one = node(jobs::Crew::Pace::Stepped, folder.path() / "one");
    one->jobs.handle("grind", {.lease = 60s}, [this](Job job) { kept.emplace(std::move(job)); });
    enqueue(*one, {.kind = "grind", .payload = R"({"grain":"rye"})"});
    one->step();
    how(kept.value());
  }
  /// A process of the same machine that starts when that one was killed.
  void start_after_a_kill() {
    std::filesystem::copy(folder.path() / "one", folder.path() / "two",
                          std::filesystem::copy_options::recursive);
    two = node(jobs::Crew::Pace::Stepped, folder.path() / "two");
    two->jobs.handle(
        "grind", {.pauses = {1ms}},
        [this](Job job) {
          ++done_again;
          job.done();
        },
        [this](Transaction&, std::span<const JobReport> reports) {
          for (const JobReport& each : reports) {
            told.push_back(std::to_string(static_cast<int>(each.end)) + " " +
                           std::string(each.payload) + " " + std::string(each.result) + " " +
                           std::string(each.error));
          }
        });
  }
  std::vector<std::string> rows() { return find("SELECT kind, attempts FROM portico_jobs"); }

  const TemporaryFolder folder;
  std::unique_ptr<Node> one;
  std::unique_ptr<Node> two;
  std::optional<Job> kept;
  Lines told;
  int done_again = 0;
};
INSTANTIATE_TEST_SUITE_P(On, JobJournals, testing::Values(Engine::Sqlite, Engine::PostgreSql),
                         name_of);

TEST_P(JobJournals, LetAJobThatIsDoneBeDoneOnce) {
  end_unwritten([](Job& job) { job.done(R"({"flour":1})"); });
  EXPECT_EQ(rows(), Lines{"mill.grind | 1"});
  start_after_a_kill();
  two->step();
  EXPECT_EQ(rows(), Lines{});
  EXPECT_EQ(told, Lines{R"(0 {"grain":"rye"} {"flour":1} )"});
  clock.advance(60s);
  two->step();
  EXPECT_EQ(done_again, 0);
}

TEST_P(JobJournals, KeepAnAttemptThatFailed) {
  end_unwritten([](Job& job) { job.retry("no wind", 1h); });
  start_after_a_kill();
  two->step();
  EXPECT_EQ(told, Lines{R"(1 {"grain":"rye"}  no wind)"});
  clock.advance(1h - 1s);
  two->step();
  EXPECT_EQ(done_again, 0);
  clock.advance(1s);
  two->step();
  EXPECT_EQ(done_again, 1);
}

TEST_P(JobJournals, SayNothingOfAJobThatAnotherHasTaken) {
  end_unwritten([](Job& job) { job.done(); });
  const auto third = node();
  std::optional<Job> taken;
  third->jobs.handle("grind", {}, [&](Job job) { taken.emplace(std::move(job)); });
  clock.advance(60s);
  third->step();
  ASSERT_TRUE(taken.has_value());
  start_after_a_kill();
  two->step();
  EXPECT_EQ(told, Lines{});
  EXPECT_EQ(rows(), Lines{"mill.grind | 2"});
}

TEST_P(JobJournals, AreTheirProcesssOwnWhileItLives) {
  end_unwritten([](Job& job) { job.done(); });
  two = node(jobs::Crew::Pace::Stepped, folder.path() / "one");
  two->jobs.handle("grind", {}, [this](Job) { ++done_again; });
  two->step();
  EXPECT_EQ(rows(), Lines{"mill.grind | 1"});
  one->step();
  EXPECT_EQ(rows(), Lines{});
  EXPECT_EQ(done_again, 0);
}

TEST_P(JobJournals, LeaveNoFileWhenAllIsWritten) {
  end_unwritten([](Job& job) { job.done(); });
  kept.reset();
  one->step();
  one.reset();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path() / "one")) {
    EXPECT_TRUE(entry.is_directory()) << entry.path();
  }
}

TEST_P(JobJournals, AreDoneWithoutWhereNoFileCanBeMade) {
  std::ofstream(folder.path() / "one") << "a file, no folder";
  end_unwritten([](Job& job) { job.done(); });
  one->step();
  EXPECT_EQ(rows(), Lines{});
  EXPECT_TRUE(database.log.saw("no journal of jobs can be kept"));
}

}  // namespace
}  // namespace portico::test

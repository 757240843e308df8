// SPDX-License-Identifier: Apache-2.0
// What the SDK promises of jobs, on both engines.
#include "unit/jobs/work_fixture.h"

#include <optional>
#include <stdexcept>

namespace portico::test {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

class SqlJobs : public WorkTest {
 public:
  /// Writes down what it does.
  auto grinder() {
    return [this](Job job) {
      done.emplace_back(job.payload());
      job.done();
    };
  }
  std::vector<std::string> rows() {
    return find("SELECT kind, attempts, ended_at, last_error FROM portico_jobs ORDER BY seq");
  }

  std::vector<std::string> done;
};
INSTANTIATE_TEST_SUITE_P(On, SqlJobs, testing::Values(Engine::Sqlite, Engine::PostgreSql), name_of);

TEST_P(SqlJobs, AreDoneOnceAndGone) {
  const auto one = node();
  one->jobs.handle("grind", {}, grinder());
  enqueue(*one, {.kind = "grind", .payload = R"({"n":1})"});
  one->step();
  one->step();
  EXPECT_EQ(done, Lines{R"({"n":1})"});
  EXPECT_EQ(rows(), Lines{});
}

TEST_P(SqlJobs, AreNotThereWhenTheirTransactionThrew) {
  const auto one = node();
  one->jobs.handle("grind", {}, grinder());
  EXPECT_THROW(sql.write([&](Transaction& db) {
    one->jobs.enqueue(db, {.kind = "grind"});
    throw std::runtime_error("no");
  }),
               std::runtime_error);
  one->step();
  EXPECT_EQ(done, Lines{});
}

TEST_P(SqlJobs, GoInTheOrderOfPriorityAndThenOfTime) {
  const auto one = node();
  one->jobs.handle("grind", {}, grinder());
  enqueue(*one, {.kind = "grind", .payload = "1", .priority = JobPriority::Low});
  enqueue(*one, {.kind = "grind", .payload = "2"});
  enqueue(*one, {.kind = "grind", .payload = "3"});
  enqueue(*one, {.kind = "grind", .payload = "4", .priority = JobPriority::High});
  one->step();
  EXPECT_EQ(done, (Lines{"4", "2", "3", "1"}));
}

TEST_P(SqlJobs, WaitForTheirTime) {
  const auto one = node();
  one->jobs.handle("grind", {}, grinder());
  enqueue(*one, {.kind = "grind", .at = clock.unix_time() + 1min});
  one->step();
  clock.advance(1min - 1us);
  one->step();
  EXPECT_EQ(done, Lines{});
  clock.advance(1us);
  one->step();
  EXPECT_EQ(done, Lines{"{}"});
}

TEST_P(SqlJobs, OfOneKeyAreDoneOneAfterTheOther) {
  const auto one = node();
  bool broken = true;
  one->jobs.handle("grind", {.pauses = {1h}}, [&](Job job) {
    if (broken && job.payload() == "1") return job.retry("not yet", 1min);
    done.emplace_back(job.payload());
    job.done();
  });
  enqueue(*one, {.kind = "grind", .payload = "1", .key = "a"});
  enqueue(*one, {.kind = "grind", .payload = "2", .key = "a"});
  enqueue(*one, {.kind = "grind", .payload = "3", .key = "b"});
  one->step();
  EXPECT_EQ(done, Lines{"3"}) << "the first of key a waits, and so does the second";
  broken = false;
  clock.advance(1min);
  one->step();
  EXPECT_EQ(done, (Lines{"3", "1", "2"}));
}

TEST_P(SqlJobs, ThatAreUniqueAreTakenOnceUntilTheyAreDone) {
  const auto one = node();
  one->jobs.handle("grind", {}, grinder());
  EXPECT_NE(enqueue(*one, {.kind = "grind", .unique = "u"}), "none");
  EXPECT_EQ(enqueue(*one, {.kind = "grind", .unique = "u"}), "none");
  EXPECT_NE(enqueue(*one, {.kind = "other", .unique = "u"}), "none") << "of another kind";
  one->step();
  EXPECT_NE(enqueue(*one, {.kind = "grind", .unique = "u"}), "none");
}

TEST_P(SqlJobs, OfManyAreWrittenInOneStatement) {
  const auto one = node();
  one->jobs.handle("grind", {.threads = 500}, grinder());
  const std::vector<JobOrder> orders(1000, {.kind = "grind", .payload = R"({"text":"ä \" '"})"});
  const auto ids = sql.write([&](Transaction& db) { return one->jobs.enqueue(db, orders); });
  EXPECT_EQ(ids.size(), 1000U);
  one->step();
  EXPECT_EQ(done, Lines(1000, R"({"text":"ä \" '"})"));
}

TEST_P(SqlJobs, ThatThrowAreTriedAgainAndAtLastDead) {
  const auto one = node();
  Lines attempts;
  one->jobs.handle("grind", {.attempts = 3, .pauses = {1s}}, [&](Job job) {
    attempts.push_back(std::to_string(job.attempt()) + (job.last() ? " last" : ""));
    throw std::runtime_error("the stone broke");
  });
  enqueue(*one, {.kind = "grind"});
  for (int i = 0; i < 5; ++i) {
    one->step();
    clock.advance(1s);
  }
  EXPECT_EQ(attempts, (Lines{"1", "2", "3 last"}));
  EXPECT_EQ(find("SELECT attempts, last_error FROM portico_jobs WHERE ended_at IS NOT NULL"),
            Lines{"3 | the stone broke"});
  EXPECT_TRUE(database.log.saw("a job of mill.grind threw: the stone broke"));
}

TEST_P(SqlJobs, ThatAreDeadAreRevived) {
  const auto one = node();
  bool broken = true;
  one->jobs.handle("grind", {}, [&](Job job) {
    if (broken) return job.fail("broken");
    done.emplace_back(std::to_string(job.attempt()));
    job.done();
  });
  const std::string id = enqueue(*one, {.kind = "grind"});
  const auto revive = [&](std::string_view which) {
    return sql.write([&](Transaction& db) { return one->jobs.revive(db, which); });
  };
  EXPECT_FALSE(revive(id)) << "it is not dead yet";
  one->step();
  broken = false;
  EXPECT_FALSE(revive("nobody"));
  EXPECT_TRUE(revive(id));
  one->step();
  EXPECT_EQ(done, Lines{"1"});
}

TEST_P(SqlJobs, AreCancelledWhileNobodyHasThem) {
  const auto one = node();
  std::optional<Job> kept;
  one->jobs.handle("grind", {}, [&](Job job) { kept.emplace(std::move(job)); });
  const auto cancel = [&](std::string_view id) {
    return sql.write([&](Transaction& db) { return one->jobs.cancel(db, id); });
  };
  const std::string early = enqueue(*one, {.kind = "grind", .at = clock.unix_time() + 1h});
  const std::string taken = enqueue(*one, {.kind = "grind"});
  one->step();
  EXPECT_TRUE(cancel(early));
  EXPECT_FALSE(cancel(early)) << "it is gone";
  EXPECT_FALSE(cancel(taken)) << "it is under way";
  kept.reset();
}

TEST_P(SqlJobs, ThatAreLetGoOfAreTriedAgain) {
  const auto one = node();
  int calls = 0;
  one->jobs.handle("grind", {.pauses = {1s}}, [&](Job) { ++calls; });
  enqueue(*one, {.kind = "grind"});
  one->step();
  clock.advance(1s);
  one->step();
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(find("SELECT last_error FROM portico_jobs"),
            Lines{"the handler let go of it without a word"});
}

TEST_P(SqlJobs, ThatWerePostponedHaveNotBeenTried) {
  const auto one = node();
  one->jobs.handle("grind", {.attempts = 1}, [&](Job job) {
    done.push_back(std::to_string(job.attempt()));
    if (done.size() < 3) return job.postpone(1s);
    job.done();
  });
  enqueue(*one, {.kind = "grind"});
  for (int i = 0; i < 3; ++i) {
    one->step();
    clock.advance(1s);
  }
  EXPECT_EQ(done, (Lines{"1", "1", "1"}));
}

TEST_P(SqlJobs, TellWhatBecameOfThemInTheTransactionThatWritesIt) {
  const auto one = node();
  change("CREATE TABLE ground (id TEXT, said TEXT)");
  const Statement add{"t.ground", "INSERT INTO ground VALUES ($1, $2)"};
  Lines reports;
  bool refuse = true;
  one->jobs.handle(
      "grind", {.pauses = {1s}}, [&](Job job) { job.done("flour"); },
      [&](Transaction& db, std::span<const JobReport> all) {
        for (const JobReport& each : all) {
          db.change(add, {each.id, each.result});
          reports.push_back(std::string(each.payload) + " " + std::string(each.result));
          if (refuse) throw std::runtime_error("no room");
        }
      });
  enqueue(*one, {.kind = "grind", .payload = "7"});
  one->step();
  EXPECT_EQ(find("SELECT said FROM ground"), Lines{}) << "both are written, or none";
  EXPECT_EQ(find("SELECT last_error FROM portico_jobs"), Lines{"no room"});
  refuse = false;
  clock.advance(1s);
  one->step();
  EXPECT_EQ(find("SELECT said FROM ground"), Lines{"flour"});
  EXPECT_EQ(rows(), Lines{});
  EXPECT_EQ(reports.back(), "7 flour");
}

TEST_P(SqlJobs, OneOfManyThatCannotBeWrittenLeavesTheOthersAlone) {
  const auto one = node();
  Lines told;
  one->jobs.handle(
      "grind", {}, [&](Job job) { job.done(); },
      [&](Transaction&, std::span<const JobReport> all) {
        for (const JobReport& each : all) {
          if (each.payload == "2") throw std::runtime_error("not that one");
        }
        for (const JobReport& each : all) told.emplace_back(each.payload);
      });
  for (const char* const payload : {"1", "2", "3"}) {
    enqueue(*one, {.kind = "grind", .payload = payload});
  }
  one->step();
  EXPECT_EQ(told, (Lines{"1", "3"}));
  EXPECT_EQ(find("SELECT payload, last_error FROM portico_jobs"), Lines{"2 | not that one"});
}

TEST_P(SqlJobs, RefuseAKindThatIsNone) {
  const auto one = node();
  EXPECT_THROW(enqueue(*one, {.kind = "Grind it"}), std::logic_error);
  EXPECT_THROW(one->jobs.handle("grind", {.threads = 0}, grinder()), std::logic_error);
}

}  // namespace
}  // namespace portico::test

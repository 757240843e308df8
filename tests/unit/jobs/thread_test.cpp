// SPDX-License-Identifier: Apache-2.0
// Jobs as a serving process does them: on threads, woken by whoever commits.
#include "unit/jobs/work_fixture.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace portico::test {
namespace {

using namespace std::chrono_literals;
using Pace = jobs::Crew::Pace;

/// Counts, and lets a test wait for a number.
class Tally {
 public:
  void count() {
    const std::lock_guard lock(mutex_);
    ++count_;
    changed_.notify_all();
  }
  [[nodiscard]] bool reaches(int number, std::chrono::seconds patience = 30s) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return count_ >= number; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
};

class SqlJobThreads : public WorkTest {};
INSTANTIATE_TEST_SUITE_P(On, SqlJobThreads, testing::Values(Engine::Sqlite, Engine::PostgreSql),
                         name_of);

TEST_P(SqlJobThreads, DoAJobAsSoonAsItIsCommitted) {
  Tally done;
  const auto one = node(Pace::Threads);
  one->jobs.handle("grind", {}, [&](Job job) {
    job.done();
    done.count();
  });
  // Long enough for the dispatcher to have looked and found nothing; no poll is due that soon.
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 1; i <= 20; ++i) {
    enqueue(*one, {.kind = "grind"});
    ASSERT_TRUE(done.reaches(i));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s) << "a poll each would take twenty";
}

TEST_P(SqlJobThreads, DoManyAtATimeAndEachOnce) {
  constexpr int Many = 2000;
  Tally done;
  const auto one = node(Pace::Threads);
  const auto two = node(Pace::Threads);
  change("CREATE TABLE ground (id TEXT PRIMARY KEY)");
  const Statement add{"t.ground", "INSERT INTO ground VALUES ($1)"};
  for (Node* const each : {one.get(), two.get()}) {
    each->jobs.handle(
        "grind", {.threads = 4, .under_way = 200}, [](Job job) { job.done(); },
        [&](Transaction& db, std::span<const JobReport> all) {
          for (const JobReport& report : all) db.change(add, {report.id});
          for (std::size_t i = 0; i < all.size(); ++i) done.count();
        });
  }
  const std::vector<JobOrder> orders(Many, {.kind = "grind"});
  sql.write([&](Transaction& db) { (void)one->jobs.enqueue(db, orders); });
  ASSERT_TRUE(done.reaches(Many));
  one->jobs.disband();
  two->jobs.disband();
  EXPECT_EQ(find("SELECT COUNT(*) FROM ground"), std::vector<std::string>{"2000"});
  EXPECT_EQ(find("SELECT COUNT(*) FROM portico_jobs"), std::vector<std::string>{"0"});
}

TEST_P(SqlJobThreads, FinishWhatTheyHaveBegunBeforeTheyGo) {
  Tally begun;
  std::mutex gate;
  gate.lock();
  auto one = node(Pace::Threads);
  one->jobs.handle("grind", {.threads = 1}, [&](Job job) {
    begun.count();
    const std::lock_guard wait(gate);
    job.done();
  });
  enqueue(*one, {.kind = "grind"});
  enqueue(*one, {.kind = "grind"});
  ASSERT_TRUE(begun.reaches(1));
  one->jobs.withdraw();
  gate.unlock();
  one.reset();
  EXPECT_EQ(find("SELECT attempts, locked_by FROM portico_jobs"), std::vector<std::string>{"0 | -"})
      << "the one that was not begun is as it was";
}

}  // namespace
}  // namespace portico::test

// SPDX-License-Identifier: Apache-2.0
// The driver with real workers: results come home from other threads. What the simulation cannot
// show is for ThreadSanitizer to see here.
#include "unit/pipeline/simulation.h"

#include <condition_variable>
#include <mutex>

#include <gtest/gtest.h>

namespace portico::pipeline {
namespace {

/// A loop that mail from other threads reaches.
class MailLoop final : public Engine {
 public:
  void post(Mail& mail) noexcept override {
    const std::lock_guard lock(mutex_);
    mails_.push_back(&mail);
    // Under the lock: the waiting thread may end this object as soon as it can have it.
    come_.notify_one();
  }
  void arm(Timer&) noexcept override {}
  void disarm(Timer&) noexcept override {}
  [[nodiscard]] const base::Clock& clock() const noexcept override { return base::system_clock(); }

  void deliver_one() {
    Mail* mail = nullptr;
    {
      std::unique_lock lock(mutex_);
      come_.wait(lock, [this] { return !mails_.empty(); });
      mail = mails_.front();
      mails_.pop_front();
    }
    mail->deliver(*mail);
  }

 private:
  std::mutex mutex_;
  std::condition_variable come_;
  std::deque<Mail*> mails_;
};

struct ThreadedKit {
  ThreadedKit() {
    line.driver = &driver;
    request.head.method = "GET";
  }

  MailLoop loop;
  WorkerPool pool{2, 8};
  simulation::Recorder journal;
  simulation::Line line;
  base::Arena arena;
  http::RequestState request{arena};
  Driver driver{loop, line, pool, journal};
};

TEST(DriverWithThreads, BringsResultsHome) {
  ThreadedKit kit;
  const detail::Rule middle = [](Request&) {
    return defer([] { return std::string("from a worker"); },
                 [](Request& q, std::string text) {
                   q.headers().set("X-Text", text);
                   return pass();
                 });
  };
  const Callable<Response(Request&)> handler = [](Request& q) {
    Response response;
    response.body(*q.headers().get("X-Text"), "text/plain");
    return response;
  };
  const std::array links = {Link{.rule = &middle, .middleware = "m"}};
  const Chain chain{.links = links, .terminal = {.handler = &handler, .name = "h"}};
  for (int i = 0; i < 200; ++i) {
    kit.driver.start(kit.request, chain);
    // The client of every third exchange does not wait for its answer.
    if (i % 3 == 0) kit.driver.client_gone();
    while (kit.driver.busy()) kit.loop.deliver_one();
    EXPECT_EQ(kit.line.to_client, i % 3 == 0 ? "" : "from a worker");
    static_cast<simulation::LineRecord&>(kit.line) = {};
    kit.request.reset();
    kit.arena.reset();
    kit.request.head.method = "GET";
  }
}

}  // namespace
}  // namespace portico::pipeline

// SPDX-License-Identifier: Apache-2.0
// In the steady state an exchange asks the heap for nothing.
#include "unit/allocations.h"
#include "unit/pipeline/simulation.h"

#include <gtest/gtest.h>

namespace portico::pipeline {
namespace {

/// A wire that notes nothing, for a note would allocate.
class QuietWire final : public Wire {
 public:
  void send_head(Response&, AnswerBody) override { driver->sent(); }
  std::size_t send(Way, std::string_view) override { return 0; }
  void end(Way) override {}
  void abort() override {}
  void read(Way) override {}
  void hold(Way) override {}
  void forward(const Target&, RequestBody) override {
    const base::ArenaScope scope(*arena);
    driver->upstream_head(Response());
  }
  void drop_upstream() override {}
  [[nodiscard]] Traffic traffic() const noexcept override { return {}; }
  void release() override { ++releases; }

  Driver* driver = nullptr;
  base::Arena* arena = nullptr;
  int releases = 0;
};

/// A loop with room for one mail and one timer.
class QuietLoop final : public Engine {
 public:
  void post(Mail& mail) noexcept override { its_mail = &mail; }
  void arm(Timer& timer) noexcept override { its_timer = &timer; }
  void disarm(Timer&) noexcept override { its_timer = nullptr; }
  [[nodiscard]] const base::Clock& clock() const noexcept override { return base::system_clock(); }
  void run() {
    if (Timer* const timer = std::exchange(its_timer, nullptr)) timer->fire(*timer);
    if (Mail* const mail = std::exchange(its_mail, nullptr)) mail->deliver(*mail);
  }

  Mail* its_mail = nullptr;
  Timer* its_timer = nullptr;
};

struct QuietJournal final : Journal {
  void note(const Incident&) noexcept override {}
  void ended(const http::RequestState&, const Chain&, const Outcome&) noexcept override {}
};

struct InlineWorkers final : Workers {
  bool submit(Job& job) override {
    job.run();
    return true;
  }
};

class SteadyState : public testing::Test {
 protected:
  void SetUp() override {
    if (!CountsAllocations) GTEST_SKIP() << "a sanitizer's allocator cannot be counted";
  }
  SteadyState() {
    wire_.driver = &driver_;
    wire_.arena = &arena_;
  }

  /// Heap allocations of one exchange, once the arena has found its size.
  std::size_t cost(const Chain& chain) {
    for (int i = 0; i < 5; ++i) serve(chain);
    const std::size_t before = allocations();
    for (int i = 0; i < 10; ++i) serve(chain);
    return allocations() - before;
  }

 private:
  void serve(const Chain& chain) {
    request_.head.method = "GET";
    request_.head.id = "0123456789abcdef";
    driver_.start(request_, chain);
    while (driver_.busy()) loop_.run();
    request_.reset();
    arena_.reset();
  }

  QuietLoop loop_;
  QuietWire wire_;
  InlineWorkers workers_;
  QuietJournal journal_;
  base::Arena arena_;
  http::RequestState request_{arena_};
  Driver driver_{loop_, wire_, workers_, journal_};
};

const detail::Rule Passes = [](Request& q) {
  return pass(
      [&q](Response& r) {
        r.headers().set("X-Request-Id", q.id());
        r.headers().append("Vary", "Origin");
      },
      [&q](const Outcome&) { (void)q; });
};
const detail::Rule Waits = [](Request& q) {
  return await(timer(q, std::chrono::milliseconds(1)), [](Request&, Elapsed) {
    return await(Operation<int>([](Resume<int> ready) -> Step<void()> {
                   ready(1);
                   return {};
                 }),
                 [](Request&, int) { return pass(); });
  });
};
const detail::Rule Defers = [](Request&) {
  return defer([] { return 1; }, [](Request&, int) { return pass(); });
};
const detail::Rule Replies = [](Request&) { return simulation::say("hello"); };
const detail::Rule Refuses = [](Request&) {
  return reply(problem(Status::TooManyRequests, "rate_limited", "Slow down."));
};
const detail::Rule Forwards = [](Request&) {
  return forward({.upstream = named_upstream("bookings")});
};

TEST_F(SteadyState, AllocatesNothingForARepliedChain) {
  const std::array links = {
      Link{.rule = &Passes, .middleware = "a"}, Link{.rule = &Waits, .middleware = "b"},
      Link{.rule = &Passes, .middleware = "c"}, Link{.rule = &Defers, .middleware = "d"}};
  EXPECT_EQ(cost({.links = links, .terminal = {.rule = &Replies, .name = "t"}}), 0U);
}

TEST_F(SteadyState, AllocatesNothingForAForwardedChain) {
  const std::array links = {Link{.rule = &Passes, .middleware = "a"}};
  EXPECT_EQ(cost({.links = links, .terminal = {.rule = &Forwards, .name = "t"}}), 0U);
}

TEST_F(SteadyState, AllocatesNothingForARefusal) {
  const std::array links = {Link{.rule = &Refuses, .middleware = "a"}};
  EXPECT_EQ(cost({.links = links, .terminal = {.rule = &Replies, .name = "t"}}), 0U);
}

TEST_F(SteadyState, CountsWhatIsAllocated) {
  const detail::Rule allocates = [](Request&) {
    const auto waste = std::make_unique<int>(1);
    return simulation::say(std::to_string(*waste));
  };
  EXPECT_EQ(cost({.links = {}, .terminal = {.rule = &allocates, .name = "t"}}), 10U);
}

}  // namespace
}  // namespace portico::pipeline

// SPDX-License-Identifier: Apache-2.0
// Waiting for something: operations on the loop, work on the pool.
#include "pipeline/driver_parts.h"
#include <portico/sql.h>

#include <utility>

namespace portico::pipeline {

namespace {

thread_local constinit Driver* starting_driver [[gnu::tls_model("initial-exec")]] = nullptr;

class StartingScope {
 public:
  explicit StartingScope(Driver& driver) noexcept
      : previous_(std::exchange(starting_driver, &driver)) {}
  StartingScope(const StartingScope&) = delete;
  StartingScope& operator=(const StartingScope&) = delete;
  ~StartingScope() { starting_driver = previous_; }

 private:
  Driver* previous_;
};

constexpr Failure Busy{.status = Status::ServiceUnavailable,
                       .code = "busy",
                       .sentence = "The gateway is busy. Try again.",
                       .retry_after = std::chrono::seconds(1)};

constexpr Failure Stopping{.status = Status::ServiceUnavailable,
                           .code = "stopping",
                           .sentence = "The gateway is stopping. Try again.",
                           .retry_after = std::chrono::seconds(1)};

Response away(std::string_view internal) {
  Response answer = problem(Status::ServiceUnavailable, "database_unavailable",
                            "The database cannot be asked now. Try again.", internal);
  answer.headers().set("Retry-After", "1");
  return answer;
}

/// Every plugin's handlers would say the same. Nothing for what is their fault.
std::optional<Response> answer_to(const SqlError& error) {
  if (error.kind() == SqlError::Kind::BadText) {
    return problem(Status::UnprocessableContent, "validation_failed",
                   "A text of this request has a NUL in it or is not UTF-8.");
  }
  if (!error.transient()) return std::nullopt;
  // That a database is away is told once, where it is found out.
  const bool told = error.kind() == SqlError::Kind::Unavailable;
  return away(told ? std::string_view() : error.what());
}

}  // namespace

Driver* Driver::starting() noexcept { return starting_driver; }

detail::Pending* Driver::awaiting() const noexcept { return pending_; }

detail::Ticket Driver::ticket() const noexcept { return {&engine_, *slot_, generation_}; }

void Driver::start_operation() {
  if (!slot_) slot_ = engine_.tickets().open(*this);
  generation_ = engine_.tickets().renew(*slot_);
  // It may end before it has returned, so it counts as running already.
  state_ = State::Awaiting;
  const StartingScope scope(*this);
  if (guarded(Turn::Start, [this] { pending_->run(); })) return;
  generation_ = engine_.tickets().renew(*slot_);
  body_wanted_.reset();
  body_too_large_ = false;
  stop_reading();
  drop_pending();
}

void Driver::drop_pending() noexcept { delete std::exchange(pending_, nullptr); }

Timer& Driver::start_sleeping(Resume<Elapsed> resume, std::chrono::milliseconds delay) {
  auto* const sleep = request_->arena.make<Sleep>(resume);
  sleep->fire = [](Timer& timer) noexcept {
    // The exchange may be over, and the timer's memory gone, before this returns.
    const Resume<Elapsed> go_on = static_cast<Sleep&>(timer).resume;
    go_on(Elapsed{});
  };
  sleep->deadline = engine_.clock().now() + delay;
  sleep->next_sleep = std::exchange(sleeps_, sleep);
  engine_.arm(*sleep);
  return *sleep;
}

void Driver::stop_sleeping(Timer& timer) noexcept { engine_.disarm(timer); }

void Driver::submit_work() {
  state_ = State::Working;
  // Once this has succeeded, everything but the state belongs to the worker.
  Workers* const own = pending_ == nullptr ? chain_->terminal.workers : nullptr;
  if ((own == nullptr ? workers_ : *own).submit(task_)) return;
  note(Incident::Kind::PoolFull, pending_ != nullptr ? Turn::Job : Turn::Handler, at_, {},
       Busy.status);
  drop_pending();
  decline(Busy);
}

void Driver::Task::run() noexcept {
  {
    Occupation own;
    const Occupation::Here here(own);
    own.enter(driver_.plugin_at(driver_.at_),
              driver_.pending_ != nullptr ? Turn::Job : Turn::Handler);
    const base::ArenaScope scope(driver_.request_->arena);
    driver_.work();
  }
  driver_.engine_.post(driver_.mail_);
}

void Driver::Task::drop() noexcept {
  driver_.work_result_ = WorkResult::Dropped;
  driver_.engine_.post(driver_.mail_);
}

void Driver::work() noexcept {
  try {
    if (pending_ != nullptr) {
      pending_->run();
    } else {
      answer_.emplace((*chain_->terminal.handler)(*request_));
    }
    work_result_ = WorkResult::Done;
  } catch (BadBody& bad) {
    answer_.emplace(std::move(bad.answer()));
    work_result_ = WorkResult::Answered;
  } catch (const SqlError& error) {
    answer_ = answer_to(error);
    if (!answer_) return work_threw(error.what());
    work_result_ = WorkResult::Answered;
  } catch (const std::exception& error) {
    work_threw(error.what());
  } catch (...) {
    work_what_ = ThrewOther;
    work_result_ = WorkResult::Threw;
  }
}

void Driver::work_threw(std::string_view what) noexcept {
  work_what_ = request_->arena.copy(what);
  work_result_ = WorkResult::Threw;
}

void Driver::take_work() {
  const Turn turn = pending_ != nullptr ? Turn::Job : Turn::Handler;
  if (work_result_ == WorkResult::Done && turn == Turn::Job) return call_then();
  drop_pending();
  switch (work_result_) {
    case WorkResult::Threw: return fault(Incident::Kind::Threw, turn, work_what_);
    case WorkResult::Dropped: return decline(Stopping);
    default: return reply_with(*std::exchange(answer_, std::nullopt));
  }
}

}  // namespace portico::pipeline

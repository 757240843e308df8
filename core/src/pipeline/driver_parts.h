// SPDX-License-Identifier: Apache-2.0
// What the files of the driver share among themselves.
#pragma once

#include "http/response_state.h"
#include "pipeline/driver.h"
#include "pipeline/flow_state.h"

#include <exception>
#include <string_view>
#include <utility>

namespace portico::pipeline {

/// What a link that passed left behind.
struct Driver::Frame {
  After after;
  Finally finally;
  std::size_t at;  ///< Whose it is.
};

/// A timer of the exchange. All of them are disarmed at its end, whatever an operation forgets.
struct Driver::Sleep : Timer {
  explicit Sleep(Resume<Elapsed> its_resume) noexcept : resume(its_resume) {}
  Resume<Elapsed> resume;
  Sleep* next_sleep = nullptr;
};

inline constexpr std::string_view ThrewOther = "something that is no std::exception";

/// The one answer to what plugins do wrong. It tells the client nothing.
inline constexpr Failure InternalError{.status = Status::InternalServerError,
                                       .code = "internal_error",
                                       .sentence = "The gateway could not process this request."};

/// An event that comes while another is being handled is only recorded; the outer one acts on it.
/// So the machine never runs inside itself, however the engine nests its calls.
template <class Event>
void Driver::on(Event event) noexcept {
  if (state_ == State::Idle) return;
  if (running_) return event();
  running_ = true;
  {
    const base::ArenaScope scope(request_->arena);
    event();
    while (step()) {
    }
  }
  running_ = false;
  if (state_ == State::Closing) close();
}

/// Says, as long as it lives, whose function the loop is in.
class Driver::Occupied {
 public:
  Occupied(Driver& driver, Turn turn, std::size_t at) noexcept
      : occupation_(driver.engine_.occupation()) {
    occupation_.enter(driver.plugin_at(at), turn);
  }
  Occupied(const Occupied&) = delete;
  Occupied& operator=(const Occupied&) = delete;
  ~Occupied() { occupation_.leave(); }

 private:
  Occupation& occupation_;
};

/// Calls plugin code that decides. What it throws becomes its answer: a BadBody the one that it
/// carries, anything else a 500. False when it threw.
template <class Call>
bool Driver::guarded(Turn turn, Call&& call) {
  try {
    const Occupied occupied(*this, turn, at_);
    std::forward<Call>(call)();
    return true;
  } catch (BadBody& bad) {
    reply_with(std::move(bad.answer()));
  } catch (const std::exception& error) {
    fault(Incident::Kind::Threw, turn, error.what());
  } catch (...) {
    fault(Incident::Kind::Threw, turn, ThrewOther);
  }
  return false;
}

/// Runs bytes through stages. One that throws has broken its body: 500, or a cut connection. An
/// answer whose head has not been sent is replaced here, for its after-functions have run.
template <class Call>
void Driver::pumping(BodyPump& pump, Turn turn, Call&& call) {
  const http::BodyStages& stages =
      &pump == &request_pump_ ? request_->stages : detail::ResponseState::of(*answer_).stages;
  const auto broken = [&](std::string_view what) {
    note(Incident::Kind::Threw, turn, stages.thrower(), what);
    pump.stop();
    if (&pump == &answer_pump_ && !head_sent_) return replace_broken();
    failure_ = InternalError;
  };
  try {
    const Occupied occupied(*this, turn, at_);
    std::forward<Call>(call)();
  } catch (const std::exception& error) {
    broken(error.what());
  } catch (...) {
    broken(ThrewOther);
  }
}

}  // namespace portico::pipeline

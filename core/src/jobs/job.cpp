// SPDX-License-Identifier: Apache-2.0
#include "jobs/job_state.h"
#include <portico/jobs.h>

#include <string>

namespace portico {

Job::~Job() {
  if (state_ != nullptr) state_->let_go();
}

std::string_view Job::id() const noexcept { return state_->job.id; }

std::string_view Job::payload() const noexcept { return state_->job.payload; }

std::uint32_t Job::attempt() const noexcept { return state_->job.attempt; }

bool Job::last() const noexcept { return state_->job.attempt >= state_->kind->policy.attempts; }

void Job::done(std::string_view result) noexcept {
  state_->end({.end = JobEnd::Done, .result = std::string(result)});
}

void Job::retry(std::string_view why, std::optional<std::chrono::milliseconds> after,
                std::string_view result) noexcept {
  state_->again(std::string(why), after, std::string(result));
}

void Job::fail(std::string_view why, std::string_view result) noexcept {
  state_->end({.end = JobEnd::Dead, .result = std::string(result), .error = std::string(why)});
}

void Job::postpone(std::chrono::milliseconds time) noexcept {
  state_->end({.end = JobEnd::Again, .after = time, .counts = false});
}

}  // namespace portico

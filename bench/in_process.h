// SPDX-License-Identifier: Apache-2.0
// The frame of measurements in process: rounds in which the cases take turns, on one core, in
// nanoseconds of CPU time of this thread, so that what else the machine does counts for nothing.
// Arguments of such a program: requests in each round (200000), rounds (11).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <vector>

#include <sched.h>
#include <time.h>

namespace portico::bench {

[[nodiscard]] inline double cpu_nanoseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

struct Plan {
  int requests;
  int rounds;

  Plan(int count, char** arguments)
      : requests(count > 1 ? std::atoi(arguments[1]) : 200'000),
        rounds(count > 2 ? std::atoi(arguments[2]) : 11) {}
  [[nodiscard]] bool possible() const noexcept { return requests > 0 && rounds > 0; }

  /// Stays on the core that it is on, and calls `run(one)` for each case in each round.
  template <class Cases, class Run>
  void take_turns(Cases& cases, Run run) const {
    cpu_set_t here;
    CPU_ZERO(&here);
    CPU_SET(::sched_getcpu(), &here);
    ::sched_setaffinity(0, sizeof(here), &here);
    for (int round = 0; round < rounds; ++round) {
      for (auto& one : cases) run(one);
    }
  }
};

/// What came of the rounds of one case.
class Rounds {
 public:
  /// `ask()` is one request, and says whether it passed.
  template <class Ask>
  void run(std::size_t requests, Ask ask) {
    const double start = cpu_nanoseconds();
    for (std::size_t i = 0; i < requests; ++i) passed_ += ask() ? 1U : 0U;
    nanoseconds_.push_back((cpu_nanoseconds() - start) / static_cast<double>(requests));
    asked_ += requests;
  }
  /// What was to make it warm.
  void forget() { *this = {}; }

  [[nodiscard]] double median() {
    std::ranges::sort(nanoseconds_);
    return nanoseconds_[nanoseconds_.size() / 2];
  }
  [[nodiscard]] bool all_passed() const noexcept { return passed_ == asked_; }

 private:
  std::vector<double> nanoseconds_;
  std::size_t asked_ = 0;
  std::size_t passed_ = 0;
};

}  // namespace portico::bench

// SPDX-License-Identifier: Apache-2.0
// The machine around an exchange without threads or time of its own: a loop whose clock the test
// moves, workers that run when told, a journal that keeps what it hears.
#pragma once

#include "base/clock.h"
#include "pipeline/engine.h"
#include "pipeline/journal.h"
#include "pipeline/worker_pool.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace portico::pipeline::simulation {

class Clock final : public base::Clock {
 public:
  [[nodiscard]] std::chrono::nanoseconds now() const noexcept override { return time; }
  [[nodiscard]] std::chrono::microseconds unix_time() const noexcept override {
    return std::chrono::duration_cast<std::chrono::microseconds>(time);
  }
  std::chrono::nanoseconds time{0};
};

class Loop final : public Engine {
 public:
  void post(Mail& mail) noexcept override { mails.push_back(&mail); }
  void arm(Timer& timer) noexcept override {
    timer.armed = true;
    timers.push_back(&timer);
  }
  void disarm(Timer& timer) noexcept override {
    timer.armed = false;
    std::erase(timers, &timer);
  }
  [[nodiscard]] const base::Clock& clock() const noexcept override { return its_clock; }

  /// Delivers what was posted.
  void run() {
    while (!mails.empty()) {
      Mail* const mail = mails.front();
      mails.pop_front();
      mail->deliver(*mail);
    }
  }
  /// Lets time pass and fires what is due, in order.
  void advance(std::chrono::nanoseconds by) {
    const auto until = its_clock.time + by;
    for (;;) {
      const auto next = std::min_element(timers.begin(), timers.end(), [](Timer* a, Timer* b) {
        return a->deadline < b->deadline;
      });
      if (next == timers.end() || (*next)->deadline > until) break;
      Timer* const timer = *next;
      its_clock.time = std::max(its_clock.time, timer->deadline);
      disarm(*timer);
      timer->fire(*timer);
    }
    its_clock.time = until;
  }

  Clock its_clock;
  std::deque<Mail*> mails;
  std::vector<Timer*> timers;
};

/// Holds jobs until the test runs them.
class ManualWorkers final : public Workers {
 public:
  [[nodiscard]] bool submit(Job& job) override {
    if (jobs.size() >= room) return false;
    jobs.push_back(&job);
    return true;
  }
  void run() { take()->run(); }
  void drop() { take()->drop(); }
  Job* take() {
    Job* const job = jobs.front();
    jobs.pop_front();
    return job;
  }

  std::deque<Job*> jobs;
  std::size_t room = 100;
};

class Recorder final : public Journal {
 public:
  struct Noted {
    Incident::Kind kind;
    Turn turn;
    std::uint16_t plugin;
    std::string place;
    Status status;
    std::string what;
  };
  void note(const Incident& incident) noexcept override {
    notes.push_back({incident.kind, incident.turn, incident.plugin, std::string(incident.place),
                     incident.status, std::string(incident.what)});
  }
  void ended(const http::RequestState&, const Chain&, const Outcome& outcome) noexcept override {
    outcomes.push_back(outcome);
  }
  [[nodiscard]] bool saw(Incident::Kind kind) const {
    return std::any_of(notes.begin(), notes.end(),
                       [kind](const Noted& noted) { return noted.kind == kind; });
  }

  std::vector<Noted> notes;
  std::vector<Outcome> outcomes;
};

}  // namespace portico::pipeline::simulation

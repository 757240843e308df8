// SPDX-License-Identifier: Apache-2.0
// An engine without sockets, threads or time of its own: tests say when things happen. What the
// driver asks of it is recorded, and its rules are checked: a second head, a call after `release`,
// bytes nobody allowed are failures of the test.
#pragma once

#include "base/arena.h"
#include "http/request_state.h"
#include "http/response_state.h"
#include "pipeline/driver.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace portico::pipeline::simulation {

using namespace std::chrono_literals;

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

/// What was asked of a Line in one exchange.
struct LineRecord {
  int heads = 0;
  int status = 0;
  AnswerBody plan = AnswerBody::None;
  std::vector<std::pair<std::string, std::string>> fields;
  std::string to_client;
  std::string to_upstream;
  std::array<int, 2> ends{};
  std::array<bool, 2> reading{};
  std::array<bool, 2> ended{};
  std::array<std::size_t, 2> queued{};
  int aborts = 0;
  int forwards = 0;
  std::string upstream;
  RequestBody request_body = RequestBody::Relayed;
  int drops = 0;
  int releases = 0;
};

/// One exchange's two sides.
class Line final : public Wire, public LineRecord {
 public:
  enum class When : std::uint8_t { AtOnce, Later };

  void send_head(Response& head, AnswerBody body) override {
    check();
    ++heads;
    EXPECT_EQ(heads, 1) << "a second head";
    status = static_cast<int>(head.status());
    plan = body;
    for (const auto& entry : detail::HeaderList::of(head.headers()).entries()) {
      fields.emplace_back(entry.name, entry.value);
    }
    if (body == AnswerBody::Held) to_client += head.body();
    if (on_head) on_head();
    if (body != AnswerBody::Driven) complete();
  }
  std::size_t send(Way way, std::string_view bytes) override {
    check();
    (way == Way::ToClient ? to_client : to_upstream) += bytes;
    EXPECT_FALSE(bytes.empty());
    std::size_t& queue = queued[index(way)];
    EXPECT_LT(queue, HighWater + 64 * 1024) << "back-pressure was not heeded";
    if (takes_all) return 0;
    queue += bytes.size();
    return queue;
  }
  void end(Way way) override {
    check();
    ++ends[index(way)];
    if (way == Way::ToClient) complete();
  }
  void abort() override {
    check();
    ++aborts;
  }
  void read(Way way) override {
    check();
    if (ended[index(way)]) return;
    reading[index(way)] = true;
    if (on_read) on_read(way);
  }
  void hold(Way way) override {
    check();
    reading[index(way)] = false;
  }
  void forward(const Target& target, RequestBody body) override {
    check();
    ++forwards;
    upstream = target.upstream;
    request_body = body;
    if (on_forward) on_forward();
  }
  void drop_upstream() override {
    check();
    ++drops;
  }
  [[nodiscard]] Traffic traffic() const noexcept override { return {11, to_client.size()}; }
  void release() override {
    check();
    ++releases;
    if (on_release) on_release();
  }

  /// The peer takes all that waits.
  void drain(Way way) {
    std::size_t& queue = queued[index(way)];
    const bool told = queue >= HighWater;
    queue = 0;
    if (told) driver->drained(way);
  }
  [[nodiscard]] std::string field(std::string_view name) const {
    for (const auto& [key, value] : fields) {
      if (detail::same_name(key, name)) return value;
    }
    return "-";
  }
  static std::size_t index(Way way) { return static_cast<std::size_t>(way); }

  Driver* driver = nullptr;
  When sent = When::AtOnce;
  std::function<void()> on_head;
  std::function<void(Way)> on_read;
  std::function<void()> on_forward;
  std::function<void()> on_release;
  bool takes_all = false;

 private:
  void check() const { EXPECT_EQ(releases, 0) << "a call after release"; }
  void complete() {
    if (sent == When::AtOnce) driver->sent();
  }
};

/// A chain, an exchange, and all that they need.
class Kit {
 public:
  Kit() {
    line.driver = &driver;
    request.head.method = "GET";
    request.head.path = "/";
    request.head.id = "r-1";
  }
  ~Kit() { EXPECT_FALSE(driver.busy()) << "the exchange did not end"; }

  template <class F>
  Link& link(F rule, Mode mode = Mode::Enforce) {
    const auto number = static_cast<std::uint16_t>(links.size() + 1);
    links.push_back({.rule = &rules.emplace_back(std::move(rule)),
                     .plugin = number,
                     .middleware = names.emplace_back("link" + std::to_string(number)),
                     .mode = mode});
    return links.back();
  }
  template <class F>
  void terminal(F rule) {
    chain.terminal = {
        .rule = &rules.emplace_back(std::move(rule)), .plugin = 99, .name = "terminal"};
  }
  template <class F>
  void handler(F handle, std::uint64_t limit = 1 << 20) {
    handler_ = Callable<Response(Request&)>(std::move(handle));
    chain.terminal = {
        .handler = &handler_, .body_limit = Bytes{limit}, .plugin = 99, .name = "handler"};
  }
  void start() {
    chain.links = links;
    driver.start(request, chain);
  }
  /// Makes ready for the next exchange, as an engine does.
  void recycle() {
    static_cast<LineRecord&>(line) = {};
    request.reset();
    arena.reset();
    request.head.method = "GET";
    request.head.path = "/";
    request.head.id = "r-1";
  }
  /// A body that arrives as soon as it is asked for.
  void body(std::string text, std::size_t chunk = 1000) {
    request.head.body_length = text.size();
    line.on_read = [this, text = std::move(text), chunk, at = std::size_t{0}](Way way) mutable {
      if (way != Way::ToUpstream) return;
      while (line.reading[Line::index(way)] && at < text.size()) {
        const std::string piece = text.substr(at, chunk);
        at += piece.size();
        driver.request_body(piece);
      }
      if (!line.reading[Line::index(way)] || line.ended[Line::index(way)]) return;
      line.ended[Line::index(way)] = true;
      driver.request_body_end();
    };
  }
  [[nodiscard]] Outcome outcome() const {
    EXPECT_EQ(journal.outcomes.size(), 1U);
    return journal.outcomes.empty() ? Outcome{} : journal.outcomes.front();
  }

  Loop loop;
  ManualWorkers workers;
  Recorder journal;
  Line line;
  base::Arena arena;
  http::RequestState request{arena};
  Driver driver{loop, line, workers, journal};
  std::deque<detail::Rule> rules;
  std::deque<std::string> names;
  std::vector<Link> links;
  Chain chain;

 private:
  Callable<Response(Request&)> handler_;
};

/// A reply with a body.
inline Flow say(std::string_view text, Status status = Status::Ok) {
  Response response(status);
  response.body(text, "text/plain");
  return reply(std::move(response));
}

}  // namespace portico::pipeline::simulation

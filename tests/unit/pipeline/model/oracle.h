// SPDX-License-Identifier: Apache-2.0
// Says what must happen in an exchange, straight from the promises in driver.h and in the SDK's
// headers: it walks the plan once, from top to bottom, with no states and no callbacks.
#pragma once

#include "pipeline/engine.h"
#include "pipeline/journal.h"
#include "unit/pipeline/model/plan.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace portico::pipeline::model {

class Oracle {
 public:
  explicit Oracle(const Plan& plan) : plan_(plan), terminal_(static_cast<int>(plan.links.size())) {}

  std::vector<Event> predict() {
    const End end = descend() == Fate::Answer ? ascend() : End{Outcome::How::ClientGone, 0};
    for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
      const FinallyKind kind = link(*frame).finally;
      if (kind == FinallyKind::None) continue;
      say('F', *frame, static_cast<int>(end.how) * 1000 + end.status);
      if (kind != FinallyKind::Plain) note(Incident::Kind::Threw, *frame);
    }
    say('E', static_cast<int>(end.how), end.status);
    close_feed();
    say('R', 0, 0);
    return events_;
  }
  /// How many bytes of a body the client got; nothing when they are core's own.
  [[nodiscard]] std::optional<std::size_t> bytes() const {
    return answer_.by_core ? std::nullopt : std::optional(bytes_);
  }

 private:
  /// What an exchange or a link comes to.
  enum class Fate : std::uint8_t { Pass, Answer, Own, Forward, Gone, Deadline };
  struct Attached {
    Stage kind;
    int owner;
  };
  struct Answer {
    int status = 0;
    bool upstream = false;
    bool by_core = false;
    bool open = false;
    std::size_t body = 0;
    std::vector<Attached> stages{};
  };
  struct End {
    Outcome::How how;
    int status;
  };

  const LinkPlan& link(int who) const {
    return who == terminal_ ? plan_.terminal : plan_.links[static_cast<std::size_t>(who)];
  }
  void say(char what, int who, int value) { events_.push_back({what, who, value}); }
  void note(Incident::Kind kind, int who) { say('n', who, static_cast<int>(kind)); }

  // Waits until `then`, or until the world interferes.
  Fate sleep(int then) {
    const int deadline = deadline_over_ ? Never : plan_.deadline_at;
    if (plan_.gone_at < then && plan_.gone_at < deadline) return now_ = plan_.gone_at, Fate::Gone;
    if (deadline < then) {
      now_ = deadline;
      deadline_over_ = true;
      return Fate::Deadline;
    }
    now_ = then;
    return Fate::Pass;
  }
  // A worker cannot be interrupted; what happened meanwhile counts when it is back.
  Fate work(int delay) {
    now_ += delay;
    if (plan_.gone_at < now_) return Fate::Gone;
    if (!deadline_over_ && plan_.deadline_at < now_) {
      deadline_over_ = true;
      return Fate::Deadline;
    }
    return Fate::Pass;
  }

  // An answer in the place of a decision.
  Fate own(int status, std::size_t body = 0) {
    close_feed();
    answer_ = {.status = status, .body = body};
    return Fate::Own;
  }
  // Core's own text: there is some of it, and that is all one needs to know.
  Fate core(int status) {
    own(status, 1);
    answer_.by_core = true;
    return Fate::Own;
  }
  // The terminal's answer.
  Fate answer(int status) {
    own(status, plan_.answer_body);
    feed_open_ = answer_.open = plan_.feed.has_value();
    return Fate::Own;
  }
  // A feed closes with its answer, whatever becomes of that.
  void close_feed() {
    if (feed_open_) say('K', 0, 0);
    feed_open_ = false;
  }
  Fate threw(int who) { return note(Incident::Kind::Threw, who), core(500); }

  // oracle_descent.h
  Fate descend();
  // The engine's or core's answer in the place of everything.
  Fate fail(int status);
  void drop();
  Fate play(int who);
  Fate wait_for(int who, const Wait& wait);
  Fate whole_body(int who, std::size_t limit);
  Fate decide(int who);
  Fate handle();
  // Bytes through stages: who throws, if anybody; the marks of plain ones are added.
  static std::optional<int> run(const std::vector<Attached>& stages, bool bytes, std::size_t& size);
  Fate forward();

  // oracle_ascent.h
  void replace();
  void refuse_unsendable(int who);
  End ascend();
  End send();
  End finish();
  End cut(Outcome::How how);
  End drive();
  End stream();
  End end_body();
  std::optional<int> first_on_chunk() const;
  void say_head();
  // By a stage: a cut connection, or core's answer when no head is out.
  End broke(int thrower);

  const Plan& plan_;
  const int terminal_;
  std::vector<Event> events_;
  std::vector<int> frames_;
  std::vector<Attached> request_stages_;
  Answer answer_;
  std::size_t body_read_ = 0;
  std::size_t bytes_ = 0;
  int now_ = 0;
  int current_ = 0;
  bool body_known_ = false;
  bool rewrites_ = false;
  bool deadline_over_ = false;
  bool upstream_open_ = false;
  bool head_out_ = false;
  bool feed_open_ = false;
};

}  // namespace portico::pipeline::model

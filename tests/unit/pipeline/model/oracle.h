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
    answer_ = {.status = status, .body = body};
    return Fate::Own;
  }
  // Core's own text: there is some of it, and that is all one needs to know.
  Fate core(int status) {
    own(status, 1);
    answer_.by_core = true;
    return Fate::Own;
  }
  Fate threw(int who) { return note(Incident::Kind::Threw, who), core(500); }

  Fate descend() {
    for (int who = 0; who < terminal_; ++who) {
      if (link(who).skipped) continue;
      rewrites_ = rewrites_ || link(who).rewrites;
      const Fate fate = play(who);
      if (fate == Fate::Gone) return fate;
      if (fate == Fate::Deadline) return fail(504);
      if (fate == Fate::Own && !link(who).shadow) return Fate::Answer;
      if (fate == Fate::Own) {
        note(Incident::Kind::Shadowed, who);
      } else if (link(who).after != AfterKind::None || link(who).finally != FinallyKind::None) {
        frames_.push_back(who);
      }
    }
    const Fate fate = plan_.has_handler ? handle() : play(terminal_);
    if (fate == Fate::Gone) return fate;
    if (fate == Fate::Deadline) return fail(504);
    return fate == Fate::Forward ? forward() : Fate::Answer;
  }

  // The engine's or core's answer in the place of everything.
  Fate fail(int status) {
    drop();
    core(status);
    return Fate::Answer;
  }
  void drop() {
    if (upstream_open_) say('d', 0, 0);
    upstream_open_ = false;
  }

  Fate play(int who) {
    current_ = who;
    say('r', who, who == terminal_ && rewrites_ ? 0 : 1);
    if (link(who).request_stage != Stage::None) {
      request_stages_.push_back({link(who).request_stage, who});
    }
    for (const Wait& wait : link(who).waits) {
      const Fate fate = wait_for(who, wait);
      if (fate != Fate::Pass) return fate;
      say('t', who, 0);
    }
    return decide(who);
  }

  Fate wait_for(int who, const Wait& wait) {
    using enum WaitKind;
    switch (wait.kind) {
      case ResumeInStart:
      case ResumeTwice: return say('w', who, 0), Fate::Pass;
      case StartThrows:
      case ResumeThenThrow: return say('w', who, 0), threw(who);
      case StartBadBody: return say('w', who, 0), own(422);
      case ResumeLate:
      case ResumeNever: {
        say('w', who, 0);
        const Fate fate = sleep(wait.kind == ResumeLate ? now_ + wait.delay : Never);
        if (fate != Fate::Pass) say('c', who, 0);
        return fate;
      }
      case Timer: return sleep(now_ + wait.delay);
      case Body: return whole_body(who, wait.limit);
      case JobFull: return note(Incident::Kind::PoolFull, who), core(503);
      default: break;
    }
    if (wait.kind != JobDropped) say('j', who, now_ + wait.delay);
    if (const Fate fate = work(wait.delay); fate != Fate::Pass) return fate;
    switch (wait.kind) {
      case JobDropped: return core(503);
      case JobBadBody: return own(422);
      case Job: return Fate::Pass;
      default: return threw(who);
    }
  }

  Fate whole_body(int who, std::size_t limit) {
    const bool known = !plan_.chunked || body_known_;
    if (plan_.request_body > limit) {
      // By its length nothing was read; else as many chunks as it took to see it.
      while (!known && body_read_ <= limit) {
        body_read_ = std::min(body_read_ + RequestChunk, plan_.request_body);
      }
      return note(Incident::Kind::TooLarge, who), core(413);
    }
    body_read_ = plan_.request_body;
    body_known_ = true;
    return Fate::Pass;
  }

  Fate decide(int who) {
    const std::size_t body = who == terminal_ ? plan_.answer_body : 0;
    const int status = who == terminal_ ? plan_.status : 403;
    switch (link(who).decision) {
      case Decision::Throw:
      case Decision::ThrowInt: return threw(who);
      case Decision::BadBody: return own(422);
      case Decision::Reply: return own(status, body);
      case Decision::BadStatus: return own(99);
      case Decision::Part:
        own(206, body);
        answer_.stages.push_back({link(who).attached, who});
        return Fate::Own;
      case Decision::Pass:
        if (who != terminal_) return Fate::Pass;
        break;
      case Decision::Forward:
        if (who == terminal_) return Fate::Forward;
        break;
    }
    return note(Incident::Kind::Misused, who), core(500);
  }

  Fate handle() {
    if (whole_body(terminal_, plan_.handler_limit) == Fate::Own) return Fate::Own;
    if (plan_.request_body > 0 && !request_stages_.empty()) {
      std::size_t size = plan_.request_body;
      if (const auto thrower = run(request_stages_, plan_.request_body > 0, size)) {
        return threw(*thrower);
      }
      if (size > plan_.handler_limit) return note(Incident::Kind::TooLarge, terminal_), core(413);
    }
    if (plan_.handler == HandlerKind::Full) {
      return note(Incident::Kind::PoolFull, terminal_), core(503);
    }
    if (plan_.handler != HandlerKind::Dropped) say('j', terminal_, now_ + plan_.handler_delay);
    if (const Fate fate = work(plan_.handler_delay); fate != Fate::Pass) return fate;
    switch (plan_.handler) {
      case HandlerKind::Dropped: return core(503);
      case HandlerKind::BadBody: return own(422);
      case HandlerKind::Answers: return own(plan_.status, plan_.answer_body);
      default: return threw(terminal_);
    }
  }

  // Bytes through stages: who throws, if anybody; the marks of plain ones are added.
  static std::optional<int> run(const std::vector<Attached>& stages, bool bytes,
                                std::size_t& size) {
    const auto chunk = [&](std::size_t from) -> std::optional<int> {
      for (std::size_t i = from; i < stages.size(); ++i) {
        if (stages[i].kind == Stage::ThrowsOnChunk) return stages[i].owner;
      }
      return std::nullopt;
    };
    if (bytes) {
      if (const auto thrower = chunk(0)) return thrower;
    }
    for (std::size_t i = 0; i < stages.size(); ++i) {
      if (stages[i].kind == Stage::ThrowsAtEnd) return stages[i].owner;
      if (stages[i].kind != Stage::Plain) continue;
      if (const auto thrower = chunk(i + 1)) return thrower;
      ++size;
    }
    return std::nullopt;
  }

  Fate forward() {
    if (plan_.request_body == 0 && (!plan_.chunked || body_known_)) request_stages_.clear();
    const bool driven = !request_stages_.empty() || body_read_ > 0;
    say('f', 0, driven ? 1 : 0);
    upstream_open_ = true;
    if (plan_.upstream == UpstreamKind::FailsAtOnce) return fail(502);
    std::size_t size = plan_.request_body;
    if (driven) {
      if (const auto thrower = run(request_stages_, plan_.request_body > 0, size)) {
        note(Incident::Kind::Threw, *thrower);
        return fail(500);
      }
      say('u', 0, static_cast<int>(size));
    }
    const Fate fate = sleep(now_ + plan_.upstream_delay);
    if (fate == Fate::Gone) return drop(), fate;
    if (fate == Fate::Deadline) return fail(504);
    if (plan_.upstream == UpstreamKind::Fails) return fail(502);
    answer_ = {.status = plan_.status, .upstream = true, .body = plan_.answer_body};
    return Fate::Answer;
  }

  void replace() {
    drop();
    core(500);
  }
  void refuse_unsendable(int who) {
    const bool part = answer_.status == 206 && !answer_.stages.empty();
    if (answer_.status >= 200 && !part) return;
    note(Incident::Kind::Misused, who);
    replace();
  }

  End ascend() {
    refuse_unsendable(current_);  // Whose turn it was.
    for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
      const AfterKind kind = link(*frame).after;
      if (kind == AfterKind::None) continue;
      say('a', *frame, answer_.status);
      if (kind == AfterKind::Throws || kind == AfterKind::ThrowsInt) {
        note(Incident::Kind::Threw, *frame);
        if (!link(*frame).shadow) replace();
      }
      if (kind == AfterKind::Attaches) answer_.stages.push_back({link(*frame).attached, *frame});
      if (kind == AfterKind::BadStatus) answer_.status = 99;
      if (kind == AfterKind::OwnBody) {
        answer_.body = 3;
        answer_.upstream = false;
        answer_.by_core = false;
      }
      refuse_unsendable(*frame);
    }
    return send();
  }

  End send() {
    if (!answer_.upstream) drop();
    const bool bodiless = plan_.head_method || answer_.status == 204 || answer_.status == 304;
    if (!bodiless && !answer_.stages.empty()) return drive();
    const AnswerBody body = bodiless           ? AnswerBody::None
                            : answer_.upstream ? AnswerBody::Relayed
                                               : AnswerBody::Held;
    say('H', answer_.status, static_cast<int>(body));
    if (body == AnswerBody::Held) bytes_ = answer_.body;
    if (body == AnswerBody::Relayed && plan_.upstream == UpstreamKind::LostInBody) {
      const Fate fate = sleep(now_ + 10);
      if (fate == Fate::Gone) return {Outcome::How::ClientGone, answer_.status};
      say('A', 0, 0);
      return {fate == Fate::Deadline ? Outcome::How::Failed : Outcome::How::UpstreamLost,
              answer_.status};
    }
    upstream_open_ = false;
    return finish();
  }

  End finish() {
    if (plan_.sent_delay == 0) return {Outcome::How::Answered, answer_.status};
    switch (sleep(now_ + plan_.sent_delay)) {
      case Fate::Gone: return {Outcome::How::ClientGone, answer_.status};
      case Fate::Deadline: return cut(Outcome::How::Failed);
      default: return {Outcome::How::Answered, answer_.status};
    }
  }
  End cut(Outcome::How how) {
    say('A', 0, 0);
    drop();
    return {how, answer_.status};
  }

  End drive() {
    say('H', answer_.status, static_cast<int>(AnswerBody::Driven));
    const std::size_t step = answer_.upstream ? UpstreamChunk : 16 * 1024;
    const bool lossy = answer_.upstream && plan_.upstream == UpstreamKind::LostInBody;
    std::size_t waiting = 0;
    std::size_t left = answer_.body;
    for (std::size_t chunks = 0;; ++chunks) {
      if (lossy && chunks == plan_.lost_after) return cut(Outcome::How::UpstreamLost);
      if (left == 0) break;
      const std::size_t chunk = std::min(step, left);
      if (const auto thrower = first_on_chunk()) return broke(*thrower);
      left -= chunk;
      bytes_ += chunk;
      waiting += chunk;
      if (waiting < HighWater) continue;
      waiting = 0;
      const Fate fate = sleep(now_ + 10);
      if (fate == Fate::Gone) return drop(), End{Outcome::How::ClientGone, answer_.status};
      if (fate == Fate::Deadline) return cut(Outcome::How::Failed);
    }
    upstream_open_ = false;
    std::size_t marks = 0;
    const auto thrower = run(answer_.stages, false, marks);
    bytes_ += marks;
    if (thrower) return broke(*thrower);
    say('e', 0, 0);
    return finish();
  }
  std::optional<int> first_on_chunk() const {
    for (const Attached& stage : answer_.stages) {
      if (stage.kind == Stage::ThrowsOnChunk) return stage.owner;
    }
    return std::nullopt;
  }
  End broke(int thrower) {
    note(Incident::Kind::Threw, thrower);
    return cut(Outcome::How::Failed);
  }

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
};

}  // namespace portico::pipeline::model

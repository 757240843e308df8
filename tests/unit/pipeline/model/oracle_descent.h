// SPDX-License-Identifier: Apache-2.0
// The way down: what links, terminals, workers and upstreams make of an exchange.
#pragma once

#include "unit/pipeline/model/oracle.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace portico::pipeline::model {

inline Oracle::Fate Oracle::descend() {
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

inline Oracle::Fate Oracle::fail(int status) {
  drop();
  core(status);
  return Fate::Answer;
}

inline void Oracle::drop() {
  if (upstream_open_) say('d', 0, 0);
  upstream_open_ = false;
}

inline Oracle::Fate Oracle::play(int who) {
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

inline Oracle::Fate Oracle::wait_for(int who, const Wait& wait) {
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

inline Oracle::Fate Oracle::whole_body(int who, std::size_t limit) {
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

inline Oracle::Fate Oracle::decide(int who) {
  const auto reply = [&](int status) { return who == terminal_ ? answer(status) : own(status); };
  switch (link(who).decision) {
    case Decision::Throw:
    case Decision::ThrowInt: return threw(who);
    case Decision::BadBody: return own(422);
    case Decision::Reply: return reply(who == terminal_ ? plan_.status : 403);
    case Decision::BadStatus: return own(99);
    case Decision::Part:
      reply(206);
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

inline Oracle::Fate Oracle::handle() {
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
  const Fate fate = work(plan_.handler_delay);
  // What nobody waits for any more was made all the same.
  if (plan_.handler == HandlerKind::Answers) answer(plan_.status);
  if (fate != Fate::Pass) return fate;
  switch (plan_.handler) {
    case HandlerKind::Dropped: return core(503);
    case HandlerKind::BadBody: return own(422);
    case HandlerKind::Answers: return Fate::Own;
    default: return threw(terminal_);
  }
}

inline std::optional<int> Oracle::run(const std::vector<Attached>& stages, bool bytes,
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

inline Oracle::Fate Oracle::forward() {
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

}  // namespace portico::pipeline::model

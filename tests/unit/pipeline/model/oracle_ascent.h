// SPDX-License-Identifier: Apache-2.0
// The way up: what after-functions make of an answer, and how it reaches the client.
#pragma once

#include "unit/pipeline/model/oracle.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace portico::pipeline::model {

inline void Oracle::replace() {
  drop();
  core(500);
}

inline void Oracle::refuse_unsendable(int who) {
  const bool part = answer_.status == 206 && !answer_.stages.empty();
  if (answer_.status >= 200 && !part) return;
  note(Incident::Kind::Misused, who);
  replace();
}

inline Oracle::End Oracle::ascend() {
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
      answer_.upstream = answer_.open = false;
      answer_.by_core = false;
    }
    refuse_unsendable(*frame);
  }
  return send();
}

inline Oracle::End Oracle::send() {
  if (!answer_.upstream) drop();
  const bool bodiless = plan_.head_method || answer_.status == 204 || answer_.status == 304;
  if (!bodiless && answer_.open) {
    const End end = stream();
    close_feed();
    return end;
  }
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

inline Oracle::End Oracle::finish() {
  if (plan_.sent_delay == 0) return {Outcome::How::Answered, answer_.status};
  switch (sleep(now_ + plan_.sent_delay)) {
    case Fate::Gone: return {Outcome::How::ClientGone, answer_.status};
    case Fate::Deadline: return cut(Outcome::How::Failed);
    default: return {Outcome::How::Answered, answer_.status};
  }
}

inline Oracle::End Oracle::cut(Outcome::How how) {
  say('A', 0, 0);
  drop();
  return {how, answer_.status};
}

inline void Oracle::say_head() {
  if (!head_out_) say('H', answer_.status, static_cast<int>(AnswerBody::Driven));
  head_out_ = true;
}

inline Oracle::End Oracle::drive() {
  // An upstream's head waits for nothing.
  if (answer_.upstream) say_head();
  const std::size_t step = answer_.upstream ? UpstreamChunk : 16 * 1024;
  const bool lossy = answer_.upstream && plan_.upstream == UpstreamKind::LostInBody;
  std::size_t waiting = 0;
  std::size_t left = answer_.body;
  for (std::size_t chunks = 0;; ++chunks) {
    if (lossy && chunks == plan_.lost_after) return cut(Outcome::How::UpstreamLost);
    if (left == 0) break;
    const std::size_t chunk = std::min(step, left);
    if (const auto thrower = first_on_chunk()) return broke(*thrower);
    say_head();
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
  return end_body();
}

inline Oracle::End Oracle::end_body() {
  std::size_t marks = 0;
  const auto thrower = run(answer_.stages, false, marks);
  bytes_ += marks;
  if (marks > 0) say_head();
  if (thrower) return broke(*thrower);
  say_head();
  say('e', 0, 0);
  return finish();
}

// Nothing shows of back-pressure: what waits for the client goes out before anything else happens.
inline Oracle::End Oracle::stream() {
  const FeedPlan& feed = *plan_.feed;
  say_head();
  std::vector<FeedPlan::Piece> pieces{{0, feed.before}};
  pieces.insert(pieces.end(), feed.pieces.begin(), feed.pieces.end());
  const bool ends_later = feed.kind != FeedKind::EndedBefore;
  if (ends_later) pieces.push_back({feed.last_delay, 0});
  if (feed.kind == FeedKind::LeftOpen) pieces.back().delay = Never;
  for (const auto& [delay, bytes] : pieces) {
    const Fate fate = delay == 0 ? Fate::Pass : sleep(delay == Never ? Never : now_ + delay);
    if (fate == Fate::Gone) return {Outcome::How::ClientGone, answer_.status};
    if (fate == Fate::Deadline) return cut(Outcome::How::Failed);
    if (bytes == 0) continue;
    if (const auto thrower = first_on_chunk()) return broke(*thrower);
    bytes_ += bytes;
  }
  return feed.kind == FeedKind::Overrun ? cut(Outcome::How::Failed) : end_body();
}

inline std::optional<int> Oracle::first_on_chunk() const {
  for (const Attached& stage : answer_.stages) {
    if (stage.kind == Stage::ThrowsOnChunk) return stage.owner;
  }
  return std::nullopt;
}

inline Oracle::End Oracle::broke(int thrower) {
  note(Incident::Kind::Threw, thrower);
  if (!head_out_) return replace(), send();
  return cut(Outcome::How::Failed);
}

}  // namespace portico::pipeline::model

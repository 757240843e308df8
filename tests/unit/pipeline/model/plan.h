// SPDX-License-Identifier: Apache-2.0
// One random exchange: a chain, what each of its parts does, and what the world does meanwhile. The
// driver is run by it, the oracle predicts from it. All durations are multiples of ten
// milliseconds, the client goes at a time that ends in 3 and the deadline strikes at one that ends
// in 7: nothing ever happens at the same moment, so that there is one right order of events.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace portico::pipeline::model {

/// In the end every client goes; no deadline strikes by then.
inline constexpr int AtLast = 1'000'000'000;
inline constexpr int Never = 2 * AtLast;

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15U + 1) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  int below(int bound) { return static_cast<int>(next() % static_cast<std::uint64_t>(bound)); }
  bool one_in(int n) { return below(n) == 0; }
  /// `usual` mostly, else one of the others.
  template <class T>
  T mostly(int odds, T usual, std::initializer_list<T> others) {
    if (!one_in(odds)) return usual;
    return others.begin()[below(static_cast<int>(others.size()))];
  }
  int delay() { return 10 * (1 + below(5)); }

 private:
  std::uint64_t state_;
};

enum class WaitKind : std::uint8_t {
  ResumeInStart,
  ResumeTwice,
  ResumeLate,
  ResumeNever,
  StartThrows,
  ResumeThenThrow,
  StartBadBody,
  Timer,
  Body,
  Job,
  JobThrows,
  JobThrowsInt,
  JobBadBody,
  JobFull,
  JobDropped,
};

struct Wait {
  WaitKind kind = WaitKind::ResumeInStart;
  int delay = 0;
  std::size_t limit = 0;
};

enum class Decision : std::uint8_t {
  Pass,
  Reply,
  BadStatus,
  Part,
  Throw,
  ThrowInt,
  BadBody,
  Forward,
};
enum class Stage : std::uint8_t { None, Plain, ThrowsOnChunk, ThrowsAtEnd };
enum class AfterKind : std::uint8_t {
  None,
  Plain,
  Throws,
  ThrowsInt,
  Attaches,
  OwnBody,
  BadStatus
};
enum class FinallyKind : std::uint8_t { None, Plain, Throws, ThrowsInt };

struct LinkPlan {
  bool skipped = false;
  bool shadow = false;
  bool rewrites = false;
  std::vector<Wait> waits;
  Decision decision = Decision::Pass;
  AfterKind after = AfterKind::None;
  Stage attached = Stage::None;  // By `after`, or to the answer of a Reply.
  FinallyKind finally = FinallyKind::None;
  Stage request_stage = Stage::None;
};

enum class UpstreamKind : std::uint8_t { Answers, FailsAtOnce, Fails, LostInBody };
enum class HandlerKind : std::uint8_t { Answers, Throws, ThrowsInt, BadBody, Full, Dropped };

/// How an answer that stays open comes to its end.
enum class FeedKind : std::uint8_t { EndedBefore, Ended, Overrun, LeftOpen };

/// Of the terminal's answer, where that stays open.
struct FeedPlan {
  struct Piece {
    int delay;
    std::size_t bytes;
  };
  std::size_t before = 0;  // Written by the time of the answer.
  std::vector<Piece> pieces;
  FeedKind kind = FeedKind::Ended;
  int last_delay = 10;  // From the last piece to the end.
};

struct Plan {
  std::vector<LinkPlan> links;
  LinkPlan terminal;  // The rule, when there is no handler.
  bool has_handler = false;
  HandlerKind handler = HandlerKind::Answers;
  int handler_delay = 10;
  std::size_t handler_limit = 0;

  bool head_method = false;
  std::size_t request_body = 0;
  bool chunked = false;

  int status = 200;  // Of the terminal's answer.
  std::size_t answer_body = 0;
  std::optional<FeedPlan> feed;  // In the place of a body of that size.
  UpstreamKind upstream = UpstreamKind::Answers;
  int upstream_delay = 10;
  std::size_t lost_after = 0;  // Chunks.

  int sent_delay = 0;
  int gone_at = AtLast;
  int deadline_at = Never;
};

inline Wait random_wait(Random& random) {
  Wait wait;
  wait.kind = static_cast<WaitKind>(random.below(static_cast<int>(WaitKind::JobDropped) + 1));
  wait.delay = random.delay();
  wait.limit = static_cast<std::size_t>(random.below(6000));
  // A wait that never ends says little; the client's leaving ends it.
  if (wait.kind == WaitKind::ResumeNever && !random.one_in(4)) wait.kind = WaitKind::ResumeLate;
  return wait;
}

inline LinkPlan random_link(Random& random, bool terminal) {
  LinkPlan link;
  link.skipped = !terminal && random.one_in(10);
  link.shadow = !terminal && random.one_in(5);
  link.rewrites = !terminal && random.one_in(6);
  if (random.one_in(2)) {
    for (int waits = random.below(3); waits >= 0; --waits)
      link.waits.push_back(random_wait(random));
  }
  using enum Decision;
  link.decision =
      terminal
          ? random.mostly(3, random.one_in(2) ? Forward : Reply,
                          {Pass, BadStatus, Part, Throw, ThrowInt, BadBody})
          : random.mostly(5, Pass, {Reply, BadStatus, Part, Throw, ThrowInt, BadBody, Forward});
  if (!terminal && random.one_in(2)) {
    link.after = random.mostly(3, AfterKind::Plain,
                               {AfterKind::Throws, AfterKind::ThrowsInt, AfterKind::Attaches,
                                AfterKind::Attaches, AfterKind::OwnBody, AfterKind::BadStatus});
  }
  if (!terminal && random.one_in(2)) {
    link.finally =
        random.mostly(4, FinallyKind::Plain, {FinallyKind::Throws, FinallyKind::ThrowsInt});
  }
  link.attached = random.mostly(4, Stage::Plain, {Stage::ThrowsOnChunk, Stage::ThrowsAtEnd});
  if (random.one_in(8)) {
    link.request_stage = random.mostly(3, Stage::Plain, {Stage::ThrowsOnChunk, Stage::ThrowsAtEnd});
  }
  return link;
}

inline FeedPlan random_feed(Random& random) {
  FeedPlan feed;
  if (random.one_in(2)) feed.before = static_cast<std::size_t>(random.below(3000));
  feed.kind = random.mostly(2, FeedKind::Ended,
                            {FeedKind::EndedBefore, FeedKind::Overrun, FeedKind::LeftOpen});
  // A dozen large ones are more than back-pressure lets through at once.
  const bool large = random.one_in(20);
  const int pieces = feed.kind == FeedKind::EndedBefore ? 0 : random.below(large ? 13 : 4);
  for (int i = 0; i < pieces; ++i) {
    const auto bytes = static_cast<std::size_t>(1 + random.below(large ? 60'000 : 1'000));
    feed.pieces.push_back({random.delay(), bytes});
  }
  feed.last_delay = random.delay();
  return feed;
}

inline Plan random_plan(std::uint64_t seed) {
  Random random(seed);
  Plan plan;
  for (int links = random.below(6); links > 0; --links) {
    plan.links.push_back(random_link(random, false));
  }
  plan.terminal = random_link(random, true);
  plan.has_handler = random.one_in(3);
  plan.handler = random.mostly(3, HandlerKind::Answers,
                               {HandlerKind::Throws, HandlerKind::ThrowsInt, HandlerKind::BadBody,
                                HandlerKind::Full, HandlerKind::Dropped});
  plan.handler_delay = random.delay();
  plan.handler_limit = static_cast<std::size_t>(random.below(6000));
  plan.head_method = random.one_in(8);
  if (random.one_in(2)) plan.request_body = static_cast<std::size_t>(random.below(5000));
  plan.chunked = random.one_in(2);
  plan.status = random.mostly(4, 200, {204, 206, 304, 404});
  plan.answer_body = static_cast<std::size_t>(random.below(3000));
  // Large enough for back-pressure, rare enough for speed.
  if (random.one_in(40)) plan.answer_body = static_cast<std::size_t>(random.below(1'500'000));
  if (random.one_in(4)) plan.feed = random_feed(random);
  plan.upstream =
      random.mostly(3, UpstreamKind::Answers,
                    {UpstreamKind::FailsAtOnce, UpstreamKind::Fails, UpstreamKind::LostInBody});
  plan.upstream_delay = random.delay();
  plan.lost_after = static_cast<std::size_t>(random.below(3));
  plan.sent_delay = random.one_in(2) ? 0 : random.delay();
  if (random.one_in(5)) plan.gone_at = 10 * random.below(15) + 3;
  if (random.one_in(8)) plan.deadline_at = 10 * random.below(15) + 7;
  return plan;
}

/// What happens, in order. `who` is a link's number from 0, the terminal's is the number of links.
struct Event {
  char what;
  int who;
  int value;
  friend bool operator==(const Event&, const Event&) = default;
};

inline std::string text(const std::vector<Event>& events) {
  std::string line;
  for (const Event& event : events) {
    line += event.what + std::to_string(event.who) + ":" + std::to_string(event.value) + " ";
  }
  return line;
}

/// Chunks in which the world delivers bodies.
inline constexpr std::size_t RequestChunk = 1000;
inline constexpr std::size_t UpstreamChunk = 60'000;
/// More than any piece of a feed, less than what overruns it.
inline constexpr std::size_t FeedRoom = 64'000;

}  // namespace portico::pipeline::model

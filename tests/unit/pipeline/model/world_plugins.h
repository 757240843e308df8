// SPDX-License-Identifier: Apache-2.0
// What the plugins of a plan do when the driver calls them.
#pragma once

#include "unit/pipeline/model/world.h"
#include "unit/pipeline/named_upstream.h"

namespace portico::pipeline::model {

/// Passes bytes on and adds a mark at the end, or throws.
class World::MarkStage final : public BodyStage {
 public:
  MarkStage(World& world, Stage kind) : witness_(world), kind_(kind) {}
  void on_chunk(std::string_view bytes, Sink& sink) override {
    if (kind_ == Stage::ThrowsOnChunk) throw std::runtime_error("chunk");
    witness_();
    sink.write(bytes);
  }
  void on_end(Sink& sink) override {
    if (kind_ == Stage::ThrowsAtEnd) throw 1;
    if (kind_ == Stage::Plain) sink.write("#");
  }

 private:
  Witness witness_;
  Stage kind_;
};

inline std::unique_ptr<BodyStage> World::stage(Stage kind) {
  return std::make_unique<MarkStage>(*this, kind);
}

inline Flow World::rule(Request& request, int who) {
  say('r', who, request.headers().has("Range") ? 1 : 0);
  // A result that comes from an exchange long past must move nothing.
  for (const Resume<int>& old : stale_) old(99);
  if (link(who).request_stage != Stage::None) request.transform(stage(link(who).request_stage));
  return go_on(request, who, 0);
}

inline Flow World::go_on(Request& request, int who, std::size_t step) {
  return step == link(who).waits.size() ? decide(who) : wait(request, who, step);
}

inline Flow World::wait(Request& request, int who, std::size_t step) {
  const Wait& waited = link(who).waits[step];
  const auto next = [who, step](World& world, Request& q) {
    world.say('t', who, 0);
    return world.go_on(q, who, step + 1);
  };
  if (waited.kind == WaitKind::Timer) {
    return await(
        timer(request, std::chrono::milliseconds(waited.delay)),
        [next, witness = Witness(*this)](Request& q, Elapsed) { return next(witness(), q); });
  }
  if (waited.kind == WaitKind::Body) {
    return await(whole_body(request, Bytes{waited.limit}),
                 [next, witness = Witness(*this)](Request& q, std::string_view bytes) {
                   EXPECT_EQ(bytes.size(), witness().plan_->request_body);
                   return next(witness(), q);
                 });
  }
  if (waited.kind >= WaitKind::Job) {
    next_job_ = &waited;
    return defer([who, kind = waited.kind, witness = Witness(*this)] { witness().job(who, kind); },
                 [next, witness = Witness(*this)](Request& q) { return next(witness(), q); });
  }
  return await(Operation<int>([who, &waited, witness = Witness(*this)](Resume<int> resume) {
                 return witness().start(resume, who, waited);
               }),
               [next, witness = Witness(*this)](Request& q, int value) {
                 EXPECT_EQ(value, 1);
                 return next(witness(), q);
               });
}

inline Step<void()> World::start(Resume<int> resume, int who, const Wait& waited) {
  say('w', who, 0);
  if (stale_.size() < 8) stale_.push_back(resume);
  switch (waited.kind) {
    case WaitKind::ResumeTwice: resume(1); [[fallthrough]];
    case WaitKind::ResumeInStart: resume(1); break;
    case WaitKind::ResumeThenThrow: resume(1); [[fallthrough]];
    case WaitKind::StartThrows: throw std::runtime_error("start");
    case WaitKind::StartBadBody: throw BadBody(Response(Status::UnprocessableContent));
    case WaitKind::ResumeLate:
      at(time_ + waited.delay, [resume] {
        resume(1);
        resume(2);
      });
      break;
    default: break;
  }
  // Within `cancel` a result is as good as none.
  return [who, resume, witness = Witness(*this)] {
    witness().say('c', who, 0);
    resume(3);
  };
}

inline void World::job(int who, WaitKind kind) {
  say('j', who, time_);
  if (kind == WaitKind::JobThrows) throw std::runtime_error("job");
  if (kind == WaitKind::JobThrowsInt) throw 1;
  if (kind == WaitKind::JobBadBody) throw BadBody(Response(Status::UnprocessableContent));
}

inline Flow World::decide(int who) {
  const bool terminal = who == terminal_;
  const auto answer = [&] { return terminal ? terminal_answer() : Response(Status::Forbidden); };
  switch (link(who).decision) {
    case Decision::Pass: break;
    case Decision::Reply: return reply(answer());
    case Decision::BadStatus: return reply(Response(static_cast<Status>(99)));
    case Decision::Part: {
      Response part = answer();
      part.status(Status::PartialContent);
      part.transform(stage(link(who).attached));
      return reply(std::move(part));
    }
    case Decision::Throw: throw std::runtime_error("rule");
    case Decision::ThrowInt: throw 1;
    case Decision::BadBody: throw BadBody(Response(Status::UnprocessableContent));
    case Decision::Forward: return portico::forward({.upstream = named_upstream("upstream")});
  }
  return passing(who);
}

inline Flow World::passing(int who) {
  After up;
  Finally end;
  if (link(who).after != AfterKind::None) {
    up = [who, witness = Witness(*this)](Response& response) { witness().after(response, who); };
  }
  if (link(who).finally != FinallyKind::None) {
    end = [who, witness = Witness(*this)](const Outcome& outcome) {
      World& world = witness();
      world.say('F', who, static_cast<int>(outcome.how) * 1000 + static_cast<int>(outcome.status));
      if (world.link(who).finally == FinallyKind::Throws) throw std::runtime_error("finally");
      if (world.link(who).finally == FinallyKind::ThrowsInt) throw 1;
    };
  }
  return pass(std::move(up), std::move(end));
}

inline void World::after(Response& response, int who) {
  say('a', who, static_cast<int>(response.status()));
  switch (link(who).after) {
    case AfterKind::Throws: throw std::runtime_error("after");
    case AfterKind::ThrowsInt: throw 1;
    case AfterKind::Attaches: response.transform(stage(link(who).attached)); break;
    case AfterKind::OwnBody: response.body("own", "text/plain"); break;
    case AfterKind::BadStatus: response.status(static_cast<Status>(99)); break;
    default: break;
  }
}

inline Response World::handler() {
  say('j', terminal_, time_);
  switch (plan_->handler) {
    case HandlerKind::Throws: throw std::runtime_error("handler");
    case HandlerKind::ThrowsInt: throw 1;
    case HandlerKind::BadBody: throw BadBody(Response(Status::UnprocessableContent));
    default: break;
  }
  return terminal_answer();
}

inline Response World::terminal_answer() {
  Response response = plan_->feed ? open_answer(*plan_->feed) : Response();
  response.status(static_cast<Status>(plan_->status));
  if (!plan_->feed) response.body(std::string(plan_->answer_body, 'b'), "text/plain");
  return response;
}

inline Response World::open_answer(const FeedPlan& planned) {
  FeedOptions options;
  options.overflow = Overflow::Cut;
  options.room = Bytes{FeedRoom};
  const Feed feed(options);
  feed.on_close([witness = Witness(*this)] { witness().say('K', 0, 0); });
  if (planned.before > 0) feed.write(std::string(planned.before, 'f'));
  if (planned.kind == FeedKind::EndedBefore) feed.end();
  int when = time_;
  for (const FeedPlan::Piece& piece : planned.pieces) {
    at(when += piece.delay, [feed, bytes = piece.bytes] { feed.write(std::string(bytes, 'f')); });
  }
  when += planned.last_delay;
  if (planned.kind == FeedKind::Ended) at(when, [feed] { feed.end(); });
  if (planned.kind == FeedKind::Overrun) {
    at(when, [feed] { EXPECT_FALSE(feed.write(std::string(FeedRoom + 1, 'f'))); });
  }
  return stream(feed, "text/plain");
}

}  // namespace portico::pipeline::model

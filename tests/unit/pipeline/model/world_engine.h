// SPDX-License-Identifier: Apache-2.0
// What the engine of a plan does: its time, its two peers and its workers.
#pragma once

#include "unit/pipeline/model/world.h"

#include <algorithm>

namespace portico::pipeline::model {

inline std::vector<Event> World::run(const Plan& plan) {
  plan_ = &plan;
  prepare();
  driver_.start(request_, chain_);
  while (!queue_.empty() && !released_) turn();
  EXPECT_TRUE(released_) << "nothing is left to happen, and the exchange has not ended";
  // What comes too late comes after the memory is gone.
  while (!queue_.empty()) turn();
  if (stale_.size() > 4) stale_.erase(stale_.begin(), stale_.begin() + 4);
  return std::exchange(events_, {});
}

inline void World::turn() {
  auto node = queue_.extract(queue_.begin());
  time_ = std::max(time_, node.key());
  clock_.time = std::chrono::milliseconds(time_);
  if (Timer* const timer = node.mapped().timer) {
    timer->armed = false;
    timer->fire(*timer);
  } else {
    node.mapped().action();
  }
}

inline void World::prepare() {
  terminal_ = static_cast<int>(plan_->links.size());
  time_ = 0;
  clock_.time = {};
  released_ = upstream_gone_ = request_ended_ = false;
  for (const Way way : {Way::ToClient, Way::ToUpstream}) {
    reading_[index(way)] = false;
    queued_[index(way)] = 0;
  }
  request_read_ = upstream_read_ = upstream_chunks_ = sent_bytes_ = upstream_bytes_ = 0;
  static const struct : Condition {
    bool holds(const http::RequestState&) const noexcept override { return false; }
  } never;
  rules_.clear();
  for (int who = 0; who <= terminal_; ++who) {
    rules_.emplace_back([this, who](Request& request) { return rule(request, who); });
  }
  links_.clear();
  for (int who = 0; who < terminal_; ++who) {
    const LinkPlan& planned = link(who);
    links_.push_back({.rule = &rules_[static_cast<std::size_t>(who)],
                      .plugin = static_cast<std::uint16_t>(who),
                      .middleware = {},
                      .mode = planned.shadow ? Mode::Shadow : Mode::Enforce,
                      .when = planned.skipped ? &never : nullptr,
                      .rewrites_response = planned.rewrites});
  }
  handler_ = [this](Request& request) {
    EXPECT_GE(request.body().size(), plan_->request_body);
    return handler();
  };
  chain_.links = links_;
  chain_.terminal = {};
  chain_.terminal.plugin = static_cast<std::uint16_t>(terminal_);
  if (plan_->has_handler) {
    chain_.terminal.handler = &handler_;
    chain_.terminal.body_limit = Bytes{plan_->handler_limit};
  } else {
    chain_.terminal.rule = &rules_.back();
  }
  request_.head.method = plan_->head_method ? "HEAD" : "GET";
  request_.head.id = "id";
  if (plan_->chunked) {
    request_.head.body_length.reset();
  } else {
    request_.head.body_length = plan_->request_body;
  }
  request_.fields.add_received("Range", "bytes=0-");
  at(plan_->gone_at, [this] { driver_.client_gone(); });
  at(plan_->deadline_at, [this] { give_up(Status::GatewayTimeout, Outcome::How::Failed); });
}

inline void World::give_up(Status status, Outcome::How how) {
  driver_.fail({.status = status, .code = "failed", .sentence = "Failed.", .how = how});
}

inline bool World::submit(Job& job) {
  const Wait* const wait = std::exchange(next_job_, nullptr);
  const bool full =
      wait != nullptr ? wait->kind == WaitKind::JobFull : plan_->handler == HandlerKind::Full;
  if (full) return false;
  const bool dropped =
      wait != nullptr ? wait->kind == WaitKind::JobDropped : plan_->handler == HandlerKind::Dropped;
  at(time_ + (wait != nullptr ? wait->delay : plan_->handler_delay),
     [&job, dropped] { dropped ? job.drop() : job.run(); });
  return true;
}

inline void World::send_head(Response& head, AnswerBody body) {
  say('H', static_cast<int>(head.status()), static_cast<int>(body));
  const auto length = head.headers().get("Content-Length");
  if (body == AnswerBody::Held) {
    EXPECT_EQ(length, std::to_string(head.body().size()));
    sent_bytes_ += head.body().size();
  }
  if (body == AnswerBody::Driven) {
    EXPECT_FALSE(length.has_value());
    return;
  }
  if (body == AnswerBody::Relayed && plan_->upstream == UpstreamKind::LostInBody) {
    at(time_ + 10, [this] { give_up(Status::BadGateway, Outcome::How::UpstreamLost); });
    return;
  }
  complete();
}

inline void World::complete() {
  if (plan_->sent_delay == 0) {
    driver_.sent();
  } else {
    at(time_ + plan_->sent_delay, [this] { driver_.sent(); });
  }
}

inline std::size_t World::send(Way way, std::string_view bytes) {
  (way == Way::ToClient ? sent_bytes_ : upstream_bytes_) += bytes.size();
  std::size_t& queued = queued_[index(way)];
  const bool was_full = queued >= HighWater;
  EXPECT_LT(queued, HighWater + UpstreamChunk) << "back-pressure was not heeded";
  queued += bytes.size();
  if (queued >= HighWater && !was_full) {
    at(time_ + 10, [this, way] {
      queued_[index(way)] = 0;
      driver_.drained(way);
    });
  }
  return queued;
}

inline void World::end(Way way) {
  if (way == Way::ToUpstream) {
    say('u', 0, static_cast<int>(upstream_bytes_));
  } else {
    say('e', 0, 0);
    complete();
  }
}

inline void World::read(Way way) {
  reading_[index(way)] = true;
  way == Way::ToUpstream ? read_request() : read_upstream();
}

inline void World::read_request() {
  bool& reading = reading_[index(Way::ToUpstream)];
  while (reading && request_read_ < plan_->request_body) {
    const std::size_t chunk = std::min(RequestChunk, plan_->request_body - request_read_);
    request_read_ += chunk;
    driver_.request_body(std::string(chunk, 'q'));
  }
  if (!reading || request_ended_) return;
  request_ended_ = true;
  driver_.request_body_end();
}

inline void World::read_upstream() {
  bool& reading = reading_[index(Way::ToClient)];
  while (reading && !upstream_gone_) {
    if (plan_->upstream == UpstreamKind::LostInBody && upstream_chunks_ == plan_->lost_after) {
      reading = false;
      return give_up(Status::BadGateway, Outcome::How::UpstreamLost);
    }
    ++upstream_chunks_;
    if (upstream_read_ == plan_->answer_body) {
      reading = false;
      return driver_.upstream_end();
    }
    const std::size_t chunk = std::min(UpstreamChunk, plan_->answer_body - upstream_read_);
    upstream_read_ += chunk;
    driver_.upstream_body(std::string(chunk, 'u'));
  }
}

inline void World::forward(const Target& target, RequestBody body) {
  EXPECT_EQ(target.upstream->name(), "upstream");
  say('f', 0, body == RequestBody::Driven ? 1 : 0);
  if (plan_->upstream == UpstreamKind::FailsAtOnce) {
    return give_up(Status::BadGateway, Outcome::How::UpstreamLost);
  }
  at(time_ + plan_->upstream_delay, [this] {
    if (upstream_gone_ || released_) return;
    if (plan_->upstream == UpstreamKind::Fails) {
      return give_up(Status::BadGateway, Outcome::How::UpstreamLost);
    }
    const base::ArenaScope scope(arena_);
    driver_.upstream_head(Response(static_cast<Status>(plan_->status)));
  });
}

inline void World::release() {
  say('R', 0, 0);
  EXPECT_FALSE(released_);
  released_ = true;
  request_.reset();
  arena_.reset();
}

}  // namespace portico::pipeline::model

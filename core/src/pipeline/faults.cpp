// SPDX-License-Identifier: Apache-2.0
#include "pipeline/driver_parts.h"

#include <string>
#include <utility>

namespace portico::pipeline {

namespace {

Response answer_of(const Failure& failure) {
  Response answer = problem(failure.status, failure.code, failure.sentence);
  if (failure.retry_after.count() > 0) {
    answer.headers().set("Retry-After", std::to_string(failure.retry_after.count()));
  }
  return answer;
}

}  // namespace

std::uint16_t Driver::plugin_at(std::size_t at) const noexcept {
  return at < chain_->links.size() ? chain_->links[at].plugin : chain_->terminal.plugin;
}

bool Driver::in_shadow(std::size_t at) const noexcept {
  return at < chain_->links.size() && chain_->links[at].mode == Mode::Shadow;
}

void Driver::note(Incident::Kind kind, Turn turn, std::size_t at, std::string_view what,
                  Status status) noexcept {
  Incident incident{.kind = kind,
                    .turn = turn,
                    .plugin = plugin_at(at),
                    .place = chain_->terminal.name,
                    .status = status,
                    .what = what,
                    .request_id = request_->head.id};
  if (at < chain_->links.size()) incident.place = chain_->links[at].middleware;
  journal_.note(incident);
}

void Driver::fault(Incident::Kind kind, Turn turn, std::string_view what) {
  note(kind, turn, at_, what);
  decline(InternalError);
}

// The link's own answer: its mode and the after-functions before it decide what becomes of it.
void Driver::decline(const Failure& failure) { reply_with(answer_of(failure)); }

// In the place of whatever answer there was. After-functions that have run do not run again.
void Driver::answer_with(const Failure& failure) {
  request_pump_.stop();
  if (std::exchange(upstream_open_, false)) wire_.drop_upstream();
  answer_.emplace(answer_of(failure));
}

}  // namespace portico::pipeline

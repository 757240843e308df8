// SPDX-License-Identifier: Apache-2.0
// One try after another.
#include "http/h1/head_writer.h"
#include "services/log/sink.h"
#include "upstream/call.h"
#include "upstream/outbound.h"
#include "upstream/pool.h"

#include <algorithm>
#include <span>
#include <utility>

namespace portico::upstream {
namespace {

/// What may be done twice, RFC 9110 §9.2.2.
[[nodiscard]] bool is_idempotent(std::string_view method) noexcept {
  return method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "PUT" ||
         method == "DELETE" || method == "TRACE";
}

[[nodiscard]] bool failed(Try::How how) noexcept {
  return how != Try::How::Answered && how != Try::How::Left;
}

/// Of a socket in the file system there is no name to ask for.
[[nodiscard]] std::string_view host_of(const Backend& backend) noexcept {
  return backend.name.starts_with("unix:") ? std::string_view("localhost") : backend.name;
}

}  // namespace

void Call::try_until_it_works() {
  while (!start_try()) {
  }
  schedule();
}

bool Call::start_try() {
  endpoint_ = choose();
  if (endpoint_ == Choice::None) return none_left();
  leave_queue();
  Pool& pool = *edition_->pools[endpoint_];
  try_began_ = moved_ = outbound_.now();
  sent_ = deaf_ = ended_ = false;
  writer_.begin(question_.body.kind == http::h1::BodyFraming::Kind::Chunked);
  interims_ = 0;
  in_.unpin();
  in_.shrink();
  parser_.reset();
  connection_ = pool.take();
  reused_ = connection_ != nullptr;
  if (!reused_) connection_ = &pool.connect();
  connection_->lend(*this);
  if (tries_ < MostTries) tried_[tries_] = endpoint_;
  ++tries_;
  stage_ = Stage::Connecting;
  write_head();
  return progress();
}

void Call::write_head() {
  const http::RequestState& request = *question_.request;
  const http::h1::RequestFraming told{
      .method = request.head.method,
      .path = question_.path,
      .query = question_.query,
      .host = question_.endpoint_host ? host_of(connection_->pool().backend()) : question_.host,
      .body = question_.body,
      .keep_alive = true,
      .upgrade = question_.upgrade,
      .takes_trailers = question_.takes_trailers};
  const http::h1::HeadWriter writer(told, request.fields.entries());
  out_.clear();
  writer.write(out_.room(writer.size()));
  out_.wrote(writer.size());
  out_.append(kept_.pieces()[0]);
}

bool Call::end_try(Try::How how, std::string_view reason) {
  // A connection that rested may have died of age, which says nothing of the backend.
  const bool stale = reused_ && how == Try::How::Lost && in_.bytes().empty();
  const bool safe = kept_whole_ && (!sent_ || is_idempotent(question_.request->head.method));
  if (stale && safe) {
    give_back(false);
    --tries_;
    return false;
  }
  const Try made = describe(how, reason);
  fault_ = fault_of(how);
  reason_ = reason;
  tell(made);
  const bool again = may_repeat(made);
  give_back(false);
  if (!again) fail(fault_);
  return !again;
}

bool Call::may_repeat(const Try& made) const {
  const UpstreamOptions& options = local_->group().options;
  if (tries_ >= std::min<std::size_t>(options.tries, MostTries)) return false;
  if (!kept_whole_ || (sent_ && !is_idempotent(question_.request->head.method))) return false;
  if (options.total_timeout.count() != 0 && outbound_.now() - began_ >= options.total_timeout) {
    return false;
  }
  const UpstreamPolicy& policy = edition_->published->policy;
  if (!policy.again) return made.how == Try::How::Unreachable;
  try {
    return policy.again(*question_.request, made);
  } catch (...) {
    return false;
  }
}

Try Call::describe(Try::How how, std::string_view reason) const noexcept {
  const bool answered = how == Try::How::Answered || how == Try::How::CutShort;
  return {.number = tries_,
          .endpoint = endpoint_,
          .how = how,
          .status = answered ? static_cast<Status>(parser_.head().status) : Status{},
          .sent = sent_,
          .reused = reused_,
          .reason = reason,
          .duration = outbound_.now() - try_began_};
}

Report Call::report() const noexcept {
  if (edition_ == nullptr || tries_ == 0) return {.error = reason_};
  return {.endpoint =
              edition_->pools[tried_[std::min<std::size_t>(tries_, MostTries) - 1]]->backend().name,
          .tries = tries_,
          .duration = took_,
          .error = reason_};
}

void Call::tell(const Try& made) noexcept {
  if (made.how != Try::How::CutShort) took_ = made.duration;
  Figures& figures = *connection_->pool().backend().figures;
  figures.count(made.how);
  if (made.how == Try::How::Answered) figures.answered_in(made.duration);
  if (failed(made.how))
    outbound_.note(local_->group(), connection_->pool().backend(), made,
                   question_.request->head.id);
  const UpstreamPolicy& policy = edition_->published->policy;
  if (!policy.done) return;
  try {
    policy.done(*question_.request, made);
  } catch (...) {  // NOLINT(bugprone-empty-catch): nothing depends on what it would have said.
  }
}

void Call::give_back(bool reusable) noexcept {
  Connection* const connection = std::exchange(connection_, nullptr);
  if (connection == nullptr) return;
  Pool& pool = connection->pool();
  pool.backend().figures->load.fetch_sub(1, std::memory_order_relaxed);
  local_->queue().wake();
  if (reusable) {
    pool.keep(*connection);
  } else {
    pool.drop(*connection);
  }
}

void Call::fail(const Fault& fault) noexcept {
  fault_ = fault;
  stage_ = Stage::Failed;
  out_.clear();
}

}  // namespace portico::upstream

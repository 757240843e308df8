// SPDX-License-Identifier: Apache-2.0
#include "sql/idempotency/once.h"

#include <array>
#include <exception>
#include <utility>

namespace portico::sql {
namespace {

using Verdict = IdempotencyRecords::Claim::Verdict;

[[nodiscard]] Response refuse_key() {
  return problem(Status::BadRequest, "idempotency_key_invalid",
                 "Idempotency-Key must be there once, with 1 to 128 printable ASCII characters.");
}

[[nodiscard]] Response refuse_other_request() {
  return problem(Status::UnprocessableContent, "idempotency_mismatch",
                 "This Idempotency-Key was used for another request.");
}

[[nodiscard]] Response refuse_for_now() {
  Response answer = problem(Status::Conflict, "request_in_progress",
                            "A request with this Idempotency-Key is under way. Try again.");
  answer.headers().set("Retry-After", "1");
  return answer;
}

}  // namespace

Once::Once(const Handler& handler, std::string plugin, std::string route,
           IdempotencyRecords records, base::Sealer& sealer, services::LogSink& log)
    : handler_(&handler),
      plugin_(std::move(plugin)),
      route_(std::move(route)),
      records_(records),
      sealer_(&sealer),
      log_(&log) {}

Response Once::operator()(Request& request) {
  if (!has_idempotency_key(request.headers())) return (*handler_)(request);
  const auto key = idempotency_key(request.headers());
  if (!key) return refuse_key();
  // Without its database nobody knows whether it was done: what that throws is answered with 503.
  const IdempotencyRecords::Claim claim = records_.claim(ask(request, *key));
  switch (claim.verdict) {
    case Verdict::Answered: return replay(claim.answer);
    case Verdict::UnderWay: return refuse_for_now();
    case Verdict::Mismatch: return refuse_other_request();
    case Verdict::Mine: break;
  }
  return handle(request, claim.hold);
}

Asked Once::ask(const Request& request, std::string_view key) const {
  std::array<unsigned char, 32> digest_key;
  sealer_->derive("core idempotency digests", digest_key);
  return asked_of(request, plugin_, route_, key, digest_key);
}

Response Once::handle(Request& request, const Hold& hold) {
  try {
    Response answer = (*handler_)(request);
    settle(hold, answer);
    return answer;
  } catch (...) {
    release(hold);
    throw;
  }
}

/// What was done is done: whatever becomes of the row, the client gets its answer.
void Once::settle(const Hold& hold, const Response& answer) noexcept {
  try {
    if (const auto kept = keep(answer)) {
      records_.settle(hold, *kept);
    } else {
      records_.release(hold);
    }
  } catch (const std::exception& error) {
    tell("an answer was not kept for its Idempotency-Key", error);
  }
}

void Once::release(const Hold& hold) noexcept {
  try {
    records_.release(hold);
  } catch (const std::exception& error) {
    tell("an Idempotency-Key is held until its lease ends", error);
  }
}

void Once::tell(std::string_view what, const std::exception& error) const noexcept {
  const std::array fields{services::Field{"route", route_},
                          services::Field{"reason", error.what()}};
  log_->write(Level::Warning, plugin_, what, fields);
}

}  // namespace portico::sql

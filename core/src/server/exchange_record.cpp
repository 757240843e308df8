// SPDX-License-Identifier: Apache-2.0
// What is remembered of a request once it has ended: the counts of its route, its line in the
// access log.
#include "server/connection.h"
#include "server/exchange.h"
#include "server/lane.h"

namespace portico::server {
namespace {

using services::AccessRecord;

/// As nginx says it: the client left before any answer was begun.
constexpr unsigned ClientClosedRequest = 499;

[[nodiscard]] std::string_view word(Outcome::How how) noexcept {
  switch (how) {
    case Outcome::How::Answered: return "answered";
    case Outcome::How::ClientGone: return "client_gone";
    case Outcome::How::UpstreamLost: return "upstream_lost";
    case Outcome::How::Failed: break;
  }
  return "failed";
}

[[nodiscard]] unsigned status_of(const Outcome& outcome) noexcept {
  const auto code = static_cast<unsigned>(outcome.status);
  return code == 0 && outcome.how == Outcome::How::ClientGone ? ClientClosedRequest : code;
}

/// The request line of what was refused, where it looks like one. What does not is not shown: it
/// may be the rest of a request that was cut in two, with its credentials.
void read_line(std::string_view received, AccessRecord& record) noexcept {
  const std::string_view line = received.substr(0, received.find_first_of("\r\n"));
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return;
  const std::string_view protocol = line.substr(last + 1);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  if (!protocol.starts_with("HTTP/") || !target.starts_with('/')) return;
  if (!detail::is_token(line.substr(0, first))) return;
  record.method = line.substr(0, first);
  record.target = target;
  record.protocol = protocol;
}

}  // namespace

void Exchange::record_end() {
  const Outcome& outcome = driver_.outcome();
  if (served_->series != nullptr) {
    (*served_->series)[chain_->series]->ended({.code = status_of(outcome),
                                               .duration = outcome.duration,
                                               .received = outcome.bytes_received,
                                               .sent = outcome.bytes_sent});
  }
  const services::AccessForm* const form = served_->access;
  if (form == nullptr) return;
  const http::RequestHead& head = request_.head;
  const upstream::Report asked = call_ == nullptr ? upstream::Report{} : call_->report();
  lane_.access().write(
      *form, {.time = lane_.clock().unix_time(),
              .request_id = head.id,
              .client = head.client_address,
              .method = head.method,
              .target = parser_.head().target,
              .protocol = old_client_ ? "HTTP/1.0" : "HTTP/1.1",
              .host = head.host,
              .status = status_of(outcome),
              .bytes_received = outcome.bytes_received,
              .bytes_sent = outcome.bytes_sent,
              .body_bytes_sent = outcome.bytes_sent - std::min(outcome.bytes_sent, head_bytes_),
              .duration = outcome.duration,
              .route = chain_->route,
              .user_agent = request_.fields.get("User-Agent").value_or(std::string_view()),
              .referer = request_.fields.get("Referer").value_or(std::string_view()),
              .ended = word(outcome.how),
              .error = {},
              .endpoint = asked.endpoint,
              .tries = asked.tries,
              .upstream_duration = asked.duration,
              .upstream_error = asked.error});
}

/// Of an answer without a chain, when it has been written.
void Exchange::record_refusal(const http::h1::Refusal& refusal, std::string_view received) {
  const Served& served = lane_.served(connection_->serves());
  const auto code = static_cast<unsigned>(refusal.status);
  if (served.series != nullptr) served.series->front()->refused(code);
  if (served.access == nullptr) return;
  AccessRecord record;
  record.time = lane_.clock().unix_time();
  record.client = connection_->peer().text;
  record.status = code;
  record.bytes_received = received.size();
  record.bytes_sent = output_.waiting();
  record.body_bytes_sent = record.bytes_sent - std::min(record.bytes_sent, head_bytes_);
  record.ended = "refused";
  record.error = refusal.code;
  read_line(received, record);
  lane_.access().write(*served.access, record);
}

}  // namespace portico::server

// SPDX-License-Identifier: Apache-2.0
#include "delivery/report.h"

#include "shared/code_points.h"
#include "shared/json_out.h"
#include "store/deliveries.h"

namespace portico::notify {
namespace {

constexpr std::size_t LongestSnippet = 1024;

std::string_view outcome_of(Sending::Kind kind) {
  switch (kind) {
    case Sending::Kind::Sent: return "sent";
    case Sending::Kind::Never: return "never";
    case Sending::Kind::Later:
    case Sending::Kind::Busy:
    case Sending::Kind::Unreachable: break;
  }
  return "later";
}

}  // namespace

void Report::describe(Schema<Report>& s) {
  s.summary("What an attempt came to.");
  s.field("status", &Report::status, "Of the delivery.");
  s.field("outcome", &Report::outcome, "In a word.");
  s.field("code", &Report::code, "What the other side says.");
  s.field("said", &Report::said, "And in a sentence.");
  s.field("provider", &Report::provider, "What it is called there.");
  s.field("gone", &Report::gone, "There is no such address.");
  s.field("disable", &Report::disable, "The endpoint wants no more.");
  s.field("started", &Report::started, "When.");
  s.field("took", &Report::took, "How long, in microseconds.");
}

std::string Report::text() const {
  JsonOut out;
  out.begin_object()
      .member("status", status)
      .member("outcome", outcome)
      .member("code", code)
      .member("said", said)
      .member("provider", provider)
      .member("gone", gone)
      .member("disable", disable)
      .member("started", started)
      .member("took", took)
      .end_object();
  return std::string(out.text());
}

void conclude(Job& job, const Sending& sending, Time started, Time ended) {
  if (sending.kind == Sending::Kind::Busy) {
    job.postpone(sending.after.value_or(std::chrono::milliseconds(100)));
    return;
  }
  const Report report{.status = std::string(status::Sent),
                      .outcome = std::string(outcome_of(sending.kind)),
                      .code = storable(sending.code),
                      .said = storable(std::string_view(sending.said).substr(0, LongestSnippet)),
                      .provider = storable(sending.provider_id),
                      .gone = sending.address_is_gone,
                      .disable = sending.endpoint_wants_no_more,
                      .started = started.count(),
                      .took = (ended - started).count()};
  const std::string why = report.code + (report.said.empty() ? "" : ": " + report.said);
  switch (sending.kind) {
    case Sending::Kind::Sent: job.done(report.text()); return;
    case Sending::Kind::Never: job.fail(why, report.text()); return;
    default: job.retry(why, sending.after, report.text());
  }
}

void leave(Job& job, std::string_view status) {
  job.done(
      Report{.status = std::string(status), .outcome = {}, .code = {}, .said = {}, .provider = {}}
          .text());
}

}  // namespace portico::notify

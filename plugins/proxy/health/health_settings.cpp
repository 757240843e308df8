// SPDX-License-Identifier: Apache-2.0
#include "health/health_settings.h"

#include "health/conditions.h"
#include "message/field_rules.h"

namespace portico::proxy {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

constexpr double MostWords = 104;

std::string fault_of_text(std::string_view text) {
  return is_field_value(text) ? std::string()
                              : "has a line end or another control character in it; leave it out";
}

}  // namespace

void EjectionSettings::describe(Schema<EjectionSettings>& s) {
  using Self = EjectionSettings;
  s.summary("A target that fails gets no requests for a while.");
  s.field("failures", &Self::failures, "So many in a row; 0: it is never put out.").max(1000);
  s.field("on", &Self::on,
          "What counts as a failure: connect, timeout, lost, 5xx or single statuses of 500 to 599.")
      .max(MostWords)
      .check(fault_of_condition)
      .example("[connect, timeout, lost, 503]");
  s.field("for", &Self::first, "For how long; each time in a row it is twice as long.")
      .min(milliseconds(1))
      .max(hours(24));
  s.field("longest", &Self::longest, "For how long at most.").min(milliseconds(1)).max(hours(24));
  s.field("most", &Self::most, "So many percent of the targets may be out at once.").max(100);
  s.field("panic", &Self::panic,
          "When fewer percent than this of those of one priority are up, all of them are used.")
      .max(100);
}

void BreakerSettings::describe(Schema<BreakerSettings>& s) {
  using Self = BreakerSettings;
  s.summary("An upstream that fails too often is not asked for a while.");
  s.field("errors", &Self::errors, "It opens when so many percent of the requests failed.")
      .min(1)
      .max(100);
  s.field("on", &Self::on,
          "What counts as a failure: connect, timeout, lost, 5xx or single statuses of 500 to 599.")
      .max(MostWords)
      .check(fault_of_condition);
  s.field("slow", &Self::slow, "An answer that took longer counts as a failure; 0s: none does.")
      .max(hours(1));
  s.field("window", &Self::window, "Over the requests of this time.")
      .min(milliseconds(100))
      .max(hours(1));
  s.field("requests", &Self::requests, "When there were at least so many.").min(1).max(1'000'000);
  s.field("open", &Self::open, "For so long every request is refused.")
      .min(milliseconds(1))
      .max(hours(1));
  s.field("trials", &Self::trials,
          "Then so many requests are let through; it closes when all of them succeed.")
      .min(1)
      .max(1000);
}

void RetrySettings::describe(Schema<RetrySettings>& s) {
  using Self = RetrySettings;
  s.summary(
      "A request that failed is sent again, where that is safe: nothing of it had left, or its "
      "method may be repeated and its body was kept.");
  s.field("tries", &Self::tries, "At most so many, the first one included.").min(1).max(16);
  s.field("on", &Self::on, "After what: connect, timeout, lost, 5xx or single statuses.")
      .max(MostWords)
      .check(fault_of_condition)
      .example("[connect, timeout, 502, 503, 504]");
  s.field("budget", &Self::budget,
          "Percent of the requests that may be repeated, beside ten at once: when everything "
          "fails, retries must not double the load.")
      .max(1000);
}

void FallbackSettings::describe(Schema<FallbackSettings>& s) {
  using Self = FallbackSettings;
  s.summary("The answer when no server has given one, in the place of 502, 503 and 504.");
  s.field("status", &Self::status, "Its status.").min(200).max(599);
  s.field("body", &Self::body, "Its body.").max(65'536);
  s.field("content_type", &Self::content_type, "The Content-Type of the body.")
      .min(1)
      .max(200)
      .check(fault_of_text);
  s.field("headers", &Self::headers, "More of its fields.")
      .max(50)
      .check_keys(fault_of_field)
      .check(fault_of_text)
      .example("{Retry-After: \"30\"}");
}

}  // namespace portico::proxy

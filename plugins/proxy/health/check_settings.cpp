// SPDX-License-Identifier: Apache-2.0
#include "health/check_settings.h"

#include "health/expectation.h"

#include <algorithm>

namespace portico::proxy {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

std::string fault_of_path(std::string_view text) {
  const bool sound = text.starts_with('/') && std::ranges::all_of(text, [](char c) {
                       return c > ' ' && c < '\x7f' && c != '#';
                     });
  return sound ? std::string() : "is no path; write one such as /health";
}

}  // namespace

void CheckSettings::describe(Schema<CheckSettings>& s) {
  using Self = CheckSettings;
  s.summary("Asks each target, every so often, whether it is well.");
  s.field("path", &Self::path,
          "What is asked for by HTTP. Where there is none, a target is well that accepts a "
          "connection.")
      .check(fault_of_path)
      .example("/health");
  s.field("method", &Self::method, "The method of the request.").one_of({"GET", "HEAD", "OPTIONS"});
  s.field("host", &Self::host, "The Host of the request; the target's own where there is none.");
  s.field("status", &Self::status, "Statuses of a target that is well: `200`, `2xx`, or `200-399`.")
      .check(fault_of_statuses)
      .min(1)
      .max(16);
  s.field("body", &Self::body, "What the first 16 KiB of the answer's body must contain.");
  s.field("every", &Self::every, "How often; a tenth earlier or later, so that checks spread.")
      .min(milliseconds(100))
      .max(hours(1));
  s.field("timeout", &Self::timeout, "How long an answer may take.")
      .min(milliseconds(10))
      .max(hours(1));
  s.field("down", &Self::down, "Checks in a row that fail before a target gets no more requests.")
      .min(1)
      .max(100);
  s.field("up", &Self::up, "Checks in a row that succeed before it gets requests again.")
      .min(1)
      .max(100);
  s.shorthand("path");
}

}  // namespace portico::proxy

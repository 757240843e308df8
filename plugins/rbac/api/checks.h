// SPDX-License-Identifier: Apache-2.0
// The routes /check and /check/batch. They decide as this node would for a request of its own; with
// `min_version`, by at least that state.
#pragma once

#include "api/parts.h"
#include "api/question.h"
#include <portico/http.h>
#include <portico/schema.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::rbac {

struct CheckBody : QuestionBody {
  std::optional<std::int64_t> min_version;

  static void describe(Schema<CheckBody>& s);
};

struct BatchBody {
  std::vector<QuestionBody> checks;
  std::optional<std::int64_t> min_version;

  static void describe(Schema<BatchBody>& s);
};

struct CheckResult {
  bool allowed = false;
  std::string reason;
  std::string decision_id;

  static void describe(Schema<CheckResult>& s);
};

struct CheckAnswer : CheckResult {
  std::int64_t version = 0;

  static void describe(Schema<CheckAnswer>& s);
};

struct BatchAnswer {
  std::vector<CheckResult> results;
  std::int64_t version = 0;

  static void describe(Schema<BatchAnswer>& s);
};

class Checks {
 public:
  static constexpr std::size_t MostAtOnce = 100;

  explicit Checks(const Parts& parts) : parts_(parts) {}

  [[nodiscard]] Response check(Request& request) const;
  [[nodiscard]] Response batch(Request& request) const;

 private:
  [[nodiscard]] CheckResult decide_and_log(const Asked& asked, std::int64_t version,
                                           std::string_view request_id) const;

  const Parts& parts_;
};

/// Throws Refusal, 409, where this node cannot come up to that version. Returns which it has.
[[nodiscard]] std::int64_t version_for(const std::optional<std::int64_t>& least,
                                       const Parts& parts);

/// Throws Refusal, 413, for more than are answered at once.
void check_count(std::size_t checks);

}  // namespace portico::rbac

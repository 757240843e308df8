// SPDX-License-Identifier: Apache-2.0
#include "model/reason_word.h"

namespace portico::rbac {

std::string_view word_of(Reason reason) noexcept {
  switch (reason) {
    case Reason::Granted: return "granted";
    case Reason::DeniedByGrant: return "denied_by_grant";
    case Reason::NothingMatches: return "nothing_matches";
    case Reason::NoAssignment: return "no_assignment";
    case Reason::ConditionFailed: return "condition_failed";
  }
  return "unknown";
}

}  // namespace portico::rbac

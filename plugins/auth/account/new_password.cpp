// SPDX-License-Identifier: Apache-2.0
#include "account/new_password.h"

#include "account/answers.h"

#include <vector>

namespace portico::auth {

std::optional<Response> refuse_weak(const Parts& parts, std::string_view password,
                                    std::string_view email, std::string_view field) {
  std::vector<Weakness> found = weaknesses(password, parts.password_rules, own_words(email));
  if (found.empty() && parts.breaches != nullptr &&
      parts.breaches->look_up(password) == BreachAnswer::Breached) {
    found.push_back(Weakness::Breached);
  }
  if (found.empty()) return std::nullopt;
  std::vector<BodyFault> faults;
  faults.reserve(found.size());
  for (const Weakness each : found) {
    faults.push_back({.path = field, .code = code(each), .message = sentence(each)});
  }
  return uncached(body_problem("weak_password", "This password is not accepted.", faults));
}

}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
#include "condition/condition.h"

#include "condition/evaluation.h"
#include "condition/failing.h"
#include "condition/parser.h"
#include "condition/text.h"

namespace portico::rbac {

std::variant<Condition, Condition::Fault> Condition::parse(std::string_view json) {
  auto nodes = condition::parse_nodes(json);
  if (auto* const fault = std::get_if<Fault>(&nodes)) return std::move(*fault);
  Condition parsed(std::get<condition::Nodes>(std::move(nodes)));
  // A number can be longer in canonical text (1e4 becomes 10000.0), but by no more than that.
  if (json.size() > condition::MostBytes / 4 && parsed.text().size() > condition::MostBytes) {
    return Fault{{}, "A condition has at most 16 KiB of canonical text."};
  }
  return parsed;
}

Truth Condition::truth(const Attributes& attributes) const noexcept {
  return condition::truth_at(nodes_, 0, attributes);
}

std::string Condition::failing(const Attributes& attributes) const {
  return condition::failing_part(nodes_, attributes);
}

std::string Condition::text() const { return condition::text_at(nodes_, 0); }

}  // namespace portico::rbac

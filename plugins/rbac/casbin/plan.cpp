// SPDX-License-Identifier: Apache-2.0
#include "casbin/plan.h"

#include "casbin/assembly.h"
#include "casbin/definition.h"
#include "casbin/policy.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace portico::rbac::casbin {
namespace {

/// What is planned where the model does not map.
Plan nothing_of(std::string_view policy) {
  Plan plan;
  for (const Line& line : lines_of(policy, "#")) {
    plan.report.push_back({Remark::File::Policy, line.number, std::string(line.text),
                           Remark::Kind::Lost, "The model does not map, so neither does this."});
  }
  return plan;
}

}  // namespace

bool Plan::widens() const noexcept {
  return std::any_of(report.begin(), report.end(),
                     [](const Remark& remark) { return remark.kind == Remark::Kind::Widens; });
}

Plan plan_of(std::string_view model, std::string_view policy) {
  const ReadModel read = read_model(model);
  const auto& definition = read.definition;
  const bool denies = definition && definition->denies;
  Plan plan = definition ? assemble(read_policy(policy, *definition),
                                    denies ? Remark::Kind::Widens : Remark::Kind::Lost)
                         : nothing_of(policy);
  for (const Unmapped& unmapped : read.unmapped) {
    plan.report.push_back({Remark::File::Model, unmapped.line.number,
                           std::string(unmapped.line.text), Remark::Kind::Lost, unmapped.sentence});
  }
  std::stable_sort(plan.report.begin(), plan.report.end(),
                   [](const Remark& one, const Remark& two) {
                     return std::tie(one.file, one.line) < std::tie(two.file, two.line);
                   });
  return plan;
}

}  // namespace portico::rbac::casbin

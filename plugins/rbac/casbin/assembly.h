// SPDX-License-Identifier: Apache-2.0
// Makes roles and assignments of the lines of a policy. In Casbin one role may grant other things
// in each domain, ours grants the same wherever it is assigned; so what a name has is looked at
// domain by domain, and what is the same becomes one role. Any thread.
#pragma once

#include "casbin/plan.h"
#include "casbin/policy.h"

namespace portico::rbac::casbin {

/// `loss` is what a line means that cannot be imported.
[[nodiscard]] Plan assemble(Policy policy, Remark::Kind loss);

}  // namespace portico::rbac::casbin

// SPDX-License-Identifier: Apache-2.0
#include "pipeline/chain.h"

namespace portico::pipeline {

Condition::~Condition() = default;

}  // namespace portico::pipeline

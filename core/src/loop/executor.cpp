// SPDX-License-Identifier: Apache-2.0
#include "loop/executor.h"

namespace portico::loop {

Executor::~Executor() = default;

}  // namespace portico::loop

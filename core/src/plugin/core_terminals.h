// SPDX-License-Identifier: Apache-2.0
// The terminals that core brings, declared as a plugin would declare its own.
#pragma once

#include "plugin/registrar.h"

#include <deque>

namespace portico::plugin {

[[nodiscard]] const std::deque<detail::TerminalEntry>& core_terminals();

}  // namespace portico::plugin

// SPDX-License-Identifier: Apache-2.0
// Names of hosts become addresses, once, when the upstream starts.
#pragma once

#include <portico/callable.h>

#include <string>
#include <vector>

namespace portico::proxy {

/// The addresses of a name, without ports, each once. Blocks; throws std::runtime_error with a
/// sentence when there is none.
using Resolve = Callable<std::vector<std::string>(const std::string& name)>;

/// By the system's resolver: /etc/hosts, DNS and what else it is told to ask.
[[nodiscard]] std::vector<std::string> resolve_by_system(const std::string& name);

}  // namespace portico::proxy

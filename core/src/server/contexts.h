// SPDX-License-Identifier: Apache-2.0
// TLS of each listener.
#pragma once

#include "tls/context.h"

#include <memory>
#include <vector>

namespace portico::server {

/// In the order of the options' listeners; null, or left out, for a plain one.
using Contexts = std::vector<std::shared_ptr<const tls::Context>>;

}  // namespace portico::server

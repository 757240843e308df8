// SPDX-License-Identifier: Apache-2.0
// From a request to the chain that serves it.
#pragma once

#include "http/request_state.h"
#include "plugin/site.h"

namespace portico::plugin {

/// Sets the request's params, or what its 405 says, in the request's arena.
[[nodiscard]] const pipeline::Chain& find_chain(const Site& site, http::RequestState& request);

}  // namespace portico::plugin

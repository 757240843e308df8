// SPDX-License-Identifier: Apache-2.0
// The host in an endpoint's URL. Pure.
#pragma once

#include "webhook/url.h"

#include <optional>
#include <string>
#include <string_view>

namespace portico::notify::webhook {

/// As `fault_of_url`. An address of IPv6 has its brackets.
[[nodiscard]] std::optional<std::string> fault_of_host(std::string_view host,
                                                       const UrlRules& rules);

}  // namespace portico::notify::webhook

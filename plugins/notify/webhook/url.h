// SPDX-License-Identifier: Apache-2.0
// Which URLs an endpoint may have. Pure.
//
// Whoever creates an endpoint points the gateway at a host of his choice, so this reads an URL in
// one way only and refuses each form that another reader might take for something else. Where the
// name leads is looked at when it is sent to: by then it may lead elsewhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace portico::notify::webhook {

struct UrlRules {
  bool plain_http = false;        ///< Also http, and its port: for development.
  bool address_literals = false;  ///< Also a public address in place of a name.
  bool private_hosts = false;     ///< Also what is in no public network: for development.
};

/// A sentence for whom wrote it (`url_not_allowed`), or nothing where there is no fault.
[[nodiscard]] std::optional<std::string> fault_of_url(std::string_view url,
                                                      const UrlRules& rules = {});

}  // namespace portico::notify::webhook

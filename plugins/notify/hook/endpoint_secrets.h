// SPDX-License-Identifier: Apache-2.0
// What an endpoint's row keeps sealed: its secrets, and the headers that its owner added.
#pragma once

#include "shared/time.h"
#include "webhook/secret.h"
#include <portico/host.h>
#include <portico/schema.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace portico::notify {

using HeaderFields = std::vector<std::pair<std::string, std::string>>;

struct EndpointSecrets {
  std::string current;
  std::string previous;
  std::int64_t until = 0;  ///< The previous one signs as well until then.

  static void describe(Schema<EndpointSecrets>& s);

  [[nodiscard]] std::string sealed(const Host& host) const;
  /// Nothing: they were sealed with another secret of the gateway.
  [[nodiscard]] static std::optional<EndpointSecrets> open(const Host& host,
                                                           const std::string& sealed);
  [[nodiscard]] std::vector<webhook::SigningSecret> signing() const;
};

[[nodiscard]] std::string seal_headers(const Host& host, const HeaderFields& fields);
[[nodiscard]] HeaderFields open_headers(const Host& host, const std::string& sealed);

}  // namespace portico::notify

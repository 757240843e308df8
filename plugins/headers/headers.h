// SPDX-License-Identifier: Apache-2.0
// The plugin `headers`.
#pragma once

#include "decoration.h"
#include "settings.h"
#include <portico/sdk.h>

#include <string_view>

namespace portico::headers {

/// What the middlewares behind this one may ask for: the nonce of the request, where the policy
/// has one.
inline constexpr Attribute<std::string_view> CspNonce{"csp.nonce"};

class HeadersPlugin final : public Plugin {
 public:
  using Config = headers::Config;
  static constexpr Info info{"headers", "0.1.0", "Security headers on every answer"};

  HeadersPlugin(const Config& config, Host& host) : host_(host), early_(config) {}
  void setup(Registrar& registrar) override;

 private:
  Host& host_;
  /// For answers that no chain gave: the plugin's own settings hold there.
  Decoration early_;
};

}  // namespace portico::headers

// SPDX-License-Identifier: Apache-2.0
// `redirect_http`: what came over plain HTTP is sent to the listener that speaks TLS.
#pragma once

#include "config/settings.h"
#include "pipeline/chain.h"
#include <portico/plugin.h>

#include <optional>

namespace portico::cli {

class HttpsRedirect {
 public:
  /// Of the first listener whose TLS asks for it.
  explicit HttpsRedirect(const config::Settings& settings);

  /// The chain that redirects, for a request that is to be; null for every other.
  [[nodiscard]] const pipeline::Chain* chain_for(const http::RequestState& request) const noexcept {
    return active_ && request.head.scheme == "http" ? &chain_ : nullptr;
  }

 private:
  bool active_ = false;
  detail::Rule rule_;
  pipeline::Chain chain_;
};

}  // namespace portico::cli

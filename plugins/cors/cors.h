// SPDX-License-Identifier: Apache-2.0
// The plugin `cors`.
#pragma once

#include "grants.h"
#include "settings.h"
#include <portico/sdk.h>

namespace portico::cors {

class CorsPlugin final : public Plugin {
 public:
  using Config = cors::Config;
  static constexpr Info info{"cors", "0.1.0", "Which pages of other origins may ask here"};

  CorsPlugin(const Config& config, Host&) : early_(config) {}
  void setup(Registrar& registrar) override;

 private:
  /// For answers that no chain gave: the plugin's own settings hold there.
  Grants early_;
};

}  // namespace portico::cors

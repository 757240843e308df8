// SPDX-License-Identifier: Apache-2.0
// The plugin `auth`: who a request is from.
#include <portico/sdk.h>

namespace portico::auth {

class AuthPlugin final : public Plugin {
 public:
  struct Config {
    static void describe(Schema<Config>& s) { s.summary("Tells who a request is from."); }
  };
  static constexpr Info info{"auth", "0.1.0", "Tells who a request is from"};

  AuthPlugin(const Config& /*config*/, Host& /*host*/) {}
  void setup(Registrar& /*registrar*/) override {}
};

}  // namespace portico::auth

PORTICO_EXPORT_PLUGIN(portico::auth::AuthPlugin)

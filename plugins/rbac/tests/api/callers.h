// SPDX-License-Identifier: Apache-2.0
// Stands in for `auth` in front of the whole plugin.
#pragma once

#include <portico/sdk.h>

namespace portico::rbac::test {

/// Takes the caller's word for who it is, and lends the database.
class Callers final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"callers", "1.0.0", "Knows whoever calls"};
  static constexpr std::string_view ServiceName = "callers/1";

  Callers(const Config&, Host& host) : sql(host.sql("main")) {}
  void setup(Registrar& registrar) override {
    registrar.provide(ServiceName, *this);
    registrar
        .middleware<NoSettings>("callers",
                                [](const NoSettings&) {
                                  return [](Request& request) {
                                    const auto user = request.headers().get("X-Caller");
                                    if (user) request.principal({.subject = *user});
                                    return pass();
                                  };
                                })
        .gives("identity");
  }

  Sql& sql;
};

}  // namespace portico::rbac::test

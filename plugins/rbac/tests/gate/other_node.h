// SPDX-License-Identifier: Apache-2.0
// Another node on the same database: changes what this one has not been told of.
#pragma once

#include "store/assignments.h"
#include "store/roles.h"
#include "store/time.h"
#include "store/versions.h"
#include <portico/sdk.h>

#include <functional>

namespace portico::rbac::test {

class OtherNode final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"other", "1.0.0", "Another node"};
  static constexpr std::string_view ServiceName = "other/1";

  OtherNode(const Config&, Host& host) : host_(host), sql_(host.sql("main")) {}
  void setup(Registrar& registrar) override { registrar.provide(ServiceName, *this); }

  [[nodiscard]] Sql& sql() noexcept { return sql_; }
  [[nodiscard]] Time now() const { return host_.unix_time(); }

  /// The user "ada" gets the role "clerk".
  void give(const std::function<void(Assignment&)>& but = [](Assignment&) {}) {
    sql_.write([&](Transaction& db) {
      Assignment assignment{.role = roles::find(db, "clerk")->number};
      but(assignment);
      assignments::put(db, {.id = "a", .user = "ada", .assignment = assignment}, Time(1));
      versions::raise(db, {.user = "ada"}, Time(1));
    });
  }
  void take() {
    sql_.write([&](Transaction& db) {
      assignments::remove(db, "ada", roles::find(db, "clerk")->number, "*");
      versions::raise(db, {.user = "ada"}, Time(1));
    });
  }
  /// There is no "clerk" any more.
  void remove_role() {
    sql_.write([](Transaction& db) {
      roles::remove(db, roles::find(db, "clerk")->number);
      versions::raise(db, {.roles = true}, Time(1));
    });
  }

 private:
  Host& host_;
  Sql& sql_;
};

}  // namespace portico::rbac::test

// SPDX-License-Identifier: Apache-2.0
// The plugins that every test's gateway has: what stands around the plugin under test.
#pragma once

#include <portico/identity.h>
#include <portico/plugin.h>

#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace portico::testing {

/// The terminal `test_upstream` and the middleware `test_user`.
class Surroundings final : public Plugin {
 public:
  using Config = NoSettings;
  struct User {
    std::string name;
    std::vector<std::string> roles;
    std::vector<std::string> scopes;
    std::string session;
    bool limited = false;
    static void describe(Schema<User>& schema);
  };
  static constexpr Info info{"testing", "1.0.0", "Stands around a plugin under test"};

  Surroundings(const Config&, Host& host);
  void setup(Registrar& registrar) override;

 private:
  Upstream& upstream_;
};

/// The service "permissions/1".
class FakePermissions final : public Plugin, public Permissions {
 public:
  struct Config {
    std::vector<std::string> allowed;
    static void describe(Schema<Config>& schema);
  };
  static constexpr Info info{"testing_permissions", "1.0.0", "Allows what a test allows"};

  FakePermissions(const Config& config, Host&)
      : allowed_(config.allowed.begin(), config.allowed.end()) {}
  void setup(Registrar& registrar) override;
  [[nodiscard]] Callable<Flow(Request&)> guard(std::string_view permission) override;
  void grant_default(Transaction&, std::string_view) override {}
  void make_administrator(Transaction&, std::string_view) override {}
  [[nodiscard]] bool may_lose(Transaction&, std::string_view) override { return true; }
  [[nodiscard]] std::vector<std::string> roles_of(Reader&, std::string_view) override { return {}; }
  [[nodiscard]] bool holds(Reader&, std::string_view, std::string_view permission) override {
    return allowed_.contains(permission);
  }

 private:
  std::set<std::string, std::less<>> allowed_;
};

}  // namespace portico::testing

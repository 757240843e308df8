// SPDX-License-Identifier: Apache-2.0
// The flows of accounts in the hands of a test, for what no client can bring about: places that are
// held, revocations that are learned twice. Ada is there, with one open session.
#pragma once

#include "account/flows.h"
#include "account/marked_administrators.h"
#include "account/revoking.h"
#include "account/site.h"
#include "store/credentials.h"
#include "store/migrations.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace portico::auth::test {

class Desk final : public Plugin {
 public:
  using Config = auth::Config;
  static constexpr Info info{"desk", "1.0.0", "Accounts without their routes"};
  static constexpr std::string_view Ada = "0192f0c1-7a5e-7c3b-9d2e-5f6a7b8c9d0e";
  static constexpr std::string_view Session = "0192f0c1-7a5e-7c3b-9d2e-5f6a7b8c9d0f";
  static constexpr std::string_view Email = "ada@example.com";

  Desk(const Config& config, Host& host)
      : gate(config, host),
        config_(config),
        host_(host),
        shelf_(std::make_shared<KeyShelf>()),
        news_("", gate.revocations(), denied_for(config), host),
        administrators_(config_, host),
        permissions_(host.require<Permissions>(Permissions::ServiceName)) {
    here = this;
  }
  ~Desk() override { here = nullptr; }

  void setup(Registrar& registrar) override {
    registrar.migrations(config_.database, migrations());
    registrar.provide<Permissions>(Permissions::ServiceName, administrators_);
    gate.trust_own({.issuer = config_.issuer, .audiences = {audience_of(config_)}}, shelf_);
    registrar
        .route("POST", "/proof", [this](Request& q) { return flows->change.reauthenticate(q); })
        .summary("Of Ada.");
  }
  void start() override {
    gate.start();
    flows.emplace(config_, shelf_, gate, news_, permissions_, host_);
    flows->keys.turn();
    const Time now = host_.unix_time();
    const std::string phc = flows->passwords.hash(Password);
    flows->sql.write([&](Transaction& db) {
      users::insert(db, {.id = Ada, .email = Email, .email_normalised = Email, .verified = now},
                    now);
      credentials::set_password(db, {.id = Ada, .user_id = Ada, .phc = phc}, now);
      (void)sessions::open(db, {.id = Session, .user_id = Ada}, now, flows->session_limits);
    });
  }

  [[nodiscard]] Host& host() noexcept { return host_; }

  static inline Desk* here = nullptr;
  Gate gate;
  std::optional<Flows> flows;

 private:
  const Config config_;
  Host& host_;
  const std::shared_ptr<KeyShelf> shelf_;
  RevocationNews news_;
  MarkedAdministrators administrators_;
  const Host::Service<Permissions> permissions_;
};

/// A gateway whose clients are all Ada.
class AtTheDesk : public ::testing::Test {
 public:
  AtTheDesk() {
    gateway.sql("main").load<Desk>(
        "{database: main, issuer: \"https://api.example.com\", password: {argon2: {memory: 7MiB, "
        "passes: 1}}}");
    gateway.use("test_user: {name: " + std::string(Desk::Ada) +
                ", session: " + std::string(Desk::Session) + "}");
    gateway.start();
  }

  [[nodiscard]] static Desk& desk() { return *Desk::here; }
  [[nodiscard]] static const Parts& parts() { return desk().flows->parts; }

  Gateway gateway;
};

}  // namespace portico::auth::test

// SPDX-License-Identifier: Apache-2.0
// Many users with roles in a database, of whom each request is from one that chance picks.
#pragma once

#include "store/assignments.h"
#include "store/grants.h"
#include "store/roles.h"
#include "store/seed.h"
#include "store/versions.h"
#include <portico/sdk.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace portico::rbac::bench {

class Crowd final : public Plugin {
 public:
  struct Config {
    std::size_t users = 1'000'000;
    static void describe(Schema<Config>& s) {
      s.summary("A crowd.");
      s.field("users", &Config::users, "How many.");
    }
  };
  static constexpr Info info{"crowd", "1.0.0", "Many users"};
  static constexpr std::string_view ServiceName = "crowd/1";

  Crowd(const Config& config, Host& host) : host_(host), sql_(host.sql("main")) {
    for (std::size_t i = 0; i < config.users; ++i) ids_.push_back(host.new_id());
  }
  void setup(Registrar& registrar) override {
    registrar.provide(ServiceName, *this);
    registrar
        .middleware<NoSettings>("crowd",
                                [this](const NoSettings&) {
                                  return [this](Request& request) {
                                    request.principal({.subject = current_});
                                    return pass();
                                  };
                                })
        .gives("identity");
  }

  [[nodiscard]] std::size_t size() const noexcept { return ids_.size(); }
  /// Whose the next request is. Whoever verifies a token has its text at hand.
  void step_to(std::size_t user) { current_ = ids_[user]; }

  /// So many roles with ten grants each, one in ten of which also reads orders. Each user has the
  /// role `user` and one of these.
  void settle(std::uint32_t roles) {
    std::mt19937_64 dice(7);
    sql_.write([&](Transaction& db) {
      const std::int64_t everybody = rbac::roles::find(db, "user")->number;
      grants::put(db, everybody, {.pattern = "orders:read", .condition = {}});
      std::vector<std::int64_t> numbers;
      for (std::uint32_t i = 0; i < roles; ++i) {
        const std::string name = "role-" + std::to_string(i);
        numbers.push_back(*rbac::roles::add(db, {.name = name}, Time(1)));
        for (int grant = 0; grant < 10; ++grant) {
          const std::string pattern =
              "thing-" + std::to_string(dice() % 1000) + ":act-" + std::to_string(grant);
          grants::put(db, numbers.back(), {.pattern = pattern, .condition = {}});
        }
      }
      for (const std::string& user : ids_) {
        give(db, user, everybody);
        give(db, user, numbers[dice() % numbers.size()]);
      }
      versions::raise(db, {.roles = true}, Time(1));
    });
  }

 private:
  void give(Transaction& db, const std::string& user, std::int64_t role) {
    const std::string id = host_.new_id();
    assignments::put(db, {.id = id, .user = user, .assignment = {.role = role}}, Time(1));
  }

  Host& host_;
  Sql& sql_;
  std::vector<std::string> ids_;
  std::string current_;
};

}  // namespace portico::rbac::bench

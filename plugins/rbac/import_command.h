// SPDX-License-Identifier: Apache-2.0
// `portico rbac import MODEL POLICY`: what a model and a policy of Casbin say, as roles and
// assignments. Shows what would become of them, line by line; writes it with --write.
#pragma once

#include "casbin/plan.h"
#include <portico/host.h>
#include <portico/identity.h>
#include <portico/plugin.h>
#include <portico/sql.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac {

class ImportCommand {
 public:
  /// `sql` is null where the file names no database. All last as long as this.
  ImportCommand(Sql* sql, const Host::Service<Identity>& identity, Host& host)
      : sql_(sql), identity_(identity), host_(host) {}

  [[nodiscard]] int run(Args& args) const;

 private:
  struct Files {
    std::string model;
    std::string policy;
  };
  /// By the names of the plan.
  using Numbers = std::map<std::string, std::int64_t, std::less<>>;

  [[nodiscard]] static int show(const casbin::Plan& plan, const Files& files);
  /// Into roles that somebody else made.
  enum class Merging : std::uint8_t { Refused, Allowed };
  [[nodiscard]] int write(const casbin::Plan& plan, Merging merging) const;
  /// The name of the first; empty where there is none.
  [[nodiscard]] static std::string role_of_others(Reader& db, const casbin::Plan& plan);
  void write_roles(Transaction& db, const casbin::Plan& plan, Numbers& numbers) const;
  /// Returns whom nobody knows.
  [[nodiscard]] std::vector<std::string> write_assignments(Transaction& db,
                                                           const casbin::Plan& plan,
                                                           const Numbers& numbers) const;
  /// The account with that address or id; empty where there is none. Where nobody keeps accounts:
  /// the text itself.
  [[nodiscard]] std::string user_of(Reader& db, const std::string& named) const;

  Sql* const sql_;
  const Host::Service<Identity>& identity_;
  Host& host_;
};

}  // namespace portico::rbac

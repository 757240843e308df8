// SPDX-License-Identifier: Apache-2.0
// Stands in for the rest of the plugin and for `auth`: decides by what the database has at the
// moment, and writes down what it is told.
#pragma once

#include "api/api.h"
#include "api/authority.h"
#include "api/site.h"
#include "store/assignments.h"
#include "store/roles.h"
#include "store/versions.h"
#include <portico/sdk.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac::test {

class TableAuthority final : public Authority {
 public:
  TableAuthority(Sql& sql, Surroundings& around) : sql_(sql), around_(around) {}

  [[nodiscard]] std::shared_ptr<const Book> book() override {
    const std::int64_t known = version();
    return Book::compile(sql_.read([](Reader& db) { return roles::all(db); }), known);
  }
  [[nodiscard]] std::int64_t version() override {
    return sql_.read([](Reader& db) { return versions::current(db); });
  }
  [[nodiscard]] std::shared_ptr<const std::vector<Assignment>> assignments(
      std::string_view user) override {
    return std::make_shared<const std::vector<Assignment>>(
        sql_.read([&](Reader& db) { return assignments::of(db, user); }));
  }
  [[nodiscard]] std::shared_ptr<const std::vector<Assignment>> held_by(
      const Principal& caller) override {
    return assignments(caller.subject);
  }
  [[nodiscard]] bool catch_up(std::int64_t least) override {
    return !around_.behind && version() >= least;
  }
  void committed(std::int64_t version) override { around_.committed.push_back(version); }
  void decided(LoggedDecision decision) override {
    sql_.write([&](Transaction& db) { decisions::add(db, {&decision, 1}); });
    around_.decided.push_back(std::move(decision));
  }

 private:
  Sql& sql_;
  Surroundings& around_;
};

class Accounts final : public Identity {
 public:
  explicit Accounts(Surroundings& around) : around_(around) {}

  [[nodiscard]] std::string_view issuer() const noexcept override { return "test"; }
  [[nodiscard]] std::string_view database() const noexcept override { return "main"; }
  [[nodiscard]] bool exists(Reader&, std::string_view subject) override {
    return subject != "nobody";
  }
  [[nodiscard]] std::optional<std::string> find(Reader&, std::string_view) override { return {}; }
  [[nodiscard]] std::optional<Contact> contact(Reader&, std::string_view) override { return {}; }
  [[nodiscard]] bool can_log_in(Reader&, std::string_view subject) override {
    return !around_.locked_out.contains(subject);
  }
  [[nodiscard]] std::vector<std::string> administrators(Reader&) override { return {}; }
  void record(Transaction&, const AuditEntry& entry) override {
    std::string line(entry.request->principal()->subject);
    for (const std::string_view part :
         {entry.action, entry.target_type, entry.target, entry.detail}) {
      line.append(" ").append(part);
    }
    around_.audit.push_back(std::move(line));
  }

 private:
  Surroundings& around_;
};

}  // namespace portico::rbac::test

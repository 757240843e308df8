// SPDX-License-Identifier: Apache-2.0
#include "import_command.h"

#include "model/role_graph.h"
#include "store/assignments.h"
#include "store/grants.h"
#include "store/roles.h"
#include "store/seed.h"
#include "store/versions.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace portico::rbac {
namespace {

constexpr int Fine = 0;
constexpr int Refused = 1;
constexpr int Usage = 64;
/// Of a program before ours: its "admin" may do what its policy says, ours may do everything.
constexpr std::string_view OtherAdmin = "imported-admin";

int say(int code, const std::string& sentence) {
  (code == Fine ? std::cout : std::cerr) << sentence << '\n';
  return code;
}

std::optional<std::string> content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

std::string_view name_here(const std::string& name) {
  return name == AdminRole ? OtherAdmin : std::string_view(name);
}

std::string_view word_of(casbin::Remark::Kind kind) {
  switch (kind) {
    case casbin::Remark::Kind::Changed: return "changed";
    case casbin::Remark::Kind::Void: return "means nothing";
    case casbin::Remark::Kind::Lost: return "not imported";
    case casbin::Remark::Kind::Widens: return "NOT IMPORTED, AND ALLOWS MORE";
  }
  return "";
}

void check(std::span<const Role> all) {
  const RoleGraph graph(all);
  for (const Role& role : all) {
    if (const auto fault = graph.fault_of(role)) throw std::runtime_error(fault->sentence);
  }
}

std::vector<std::int64_t> joined(std::vector<std::int64_t> numbers, std::int64_t added) {
  if (std::ranges::find(numbers, added) == numbers.end()) numbers.push_back(added);
  return numbers;
}

}  // namespace

int ImportCommand::run(Args& args) const {
  constexpr const char* How =
      "usage: portico rbac import MODEL POLICY [--write] [--allow-more]\n"
      "Shows what becomes of a model and a policy of Casbin; --write writes it into the database.\n"
      "Users are named by their e-mail addresses or their ids.";
  const bool writes = args.flag("--write");
  const bool allows_more = args.flag("--allow-more");
  const auto words = args.words();
  if (words.size() != 3 || words[0] != "import") return say(Usage, How);
  const Files files{words[1], words[2]};
  const auto model = content_of(files.model);
  const auto policy = content_of(files.policy);
  if (!model || !policy) {
    return say(Usage, "portico rbac: cannot read " + (model ? files.policy : files.model));
  }
  const casbin::Plan plan = casbin::plan_of(*model, *policy);
  const int shown = show(plan, files);
  if (!writes || (shown != Fine && !allows_more)) return shown;
  if (sql_ == nullptr) {
    return say(Usage, "portico rbac: `plugins.rbac` names no `database` to write into");
  }
  return write(plan, allows_more ? Merging::Allowed : Merging::Refused);
}

int ImportCommand::show(const casbin::Plan& plan, const Files& files) {
  for (const casbin::Remark& each : plan.report) {
    const bool of_model = each.file == casbin::Remark::File::Model;
    std::cout << (of_model ? files.model : files.policy) << ':' << each.line << ": "
              << word_of(each.kind) << ": " << each.text << "\n    " << each.sentence << '\n';
  }
  for (const casbin::PlannedRole& role : plan.roles) {
    std::cout << "role " << name_here(role.name) << ": " << role.grants.size() << " grants, "
              << role.parents.size() << " parents (" << role.source << ")\n";
  }
  std::cout << plan.roles.size() << " roles, " << plan.assignments.size() << " assignments, "
            << plan.report.size() << " remarks\n";
  if (!plan.widens()) return Fine;
  return say(Refused,
             "portico rbac: what was left out denied something; look at it, and add --allow-more "
             "where it is to be written all the same");
}

int ImportCommand::write(const casbin::Plan& plan, Merging merging) const {
  std::vector<std::string> strangers;
  const std::string taken = sql_->write([&](Transaction& db) -> std::string {
    const Time now = host_.unix_time();
    apply_seed(db, {}, now);
    std::string other = merging == Merging::Refused ? role_of_others(db, plan) : std::string();
    if (!other.empty()) return other;
    Numbers numbers;
    write_roles(db, plan, numbers);
    check(roles::all(db));
    strangers = write_assignments(db, plan, numbers);
    if (identity_.operator->() != nullptr) {
      identity_->record(db, {.action = "roles_imported", .detail = R"({"by":"portico rbac"})"});
    }
    return {};
  });
  if (!taken.empty()) {
    return say(Refused, "portico rbac: there is a role \"" + taken +
                            "\" already, and who has it would get what the policy gives; name it "
                            "otherwise there, or add --allow-more");
  }
  for (const std::string& each : strangers) {
    std::cerr << "portico rbac: there is no account \"" << each << "\"; it was given nothing\n";
  }
  return say(Fine, "written");
}

/// One that no import has made: of these, the description is where they came from.
std::string ImportCommand::role_of_others(Reader& db, const casbin::Plan& plan) {
  std::vector<std::string_view> names;
  for (const casbin::PlannedRole& role : plan.roles) {
    const std::string name(name_here(role.name));
    const auto known = roles::whole(db, name);
    const bool twice = std::ranges::find(names, name_here(role.name)) != names.end();
    if (twice || (known && known->description != role.source)) return name;
    names.push_back(name_here(role.name));
  }
  return {};
}

/// A role that is there already keeps what it has and gets the rest.
void ImportCommand::write_roles(Transaction& db, const casbin::Plan& plan, Numbers& numbers) const {
  const Time now = host_.unix_time();
  for (const casbin::PlannedRole& role : plan.roles) {
    const std::string name(name_here(role.name));
    const auto made = roles::add(db, {.name = name, .description = role.source}, now);
    const std::int64_t number = made ? *made : roles::find(db, name)->number;
    numbers.emplace(role.name, number);
    std::vector<std::int64_t> parents;
    for (const Parent& parent : roles::parents(db, number)) parents.push_back(parent.number);
    for (const std::string& parent : role.parents) {
      parents = joined(std::move(parents), numbers.at(parent));
    }
    roles::set_parents(db, number, parents);
    for (const Grant& grant : role.grants) grants::put(db, number, grant);
    roles::touch(db, number, now);
  }
  versions::raise(db, {.roles = true}, now);
}

std::vector<std::string> ImportCommand::write_assignments(Transaction& db, const casbin::Plan& plan,
                                                          const Numbers& numbers) const {
  const Time now = host_.unix_time();
  std::vector<std::string> strangers;
  for (const casbin::PlannedAssignment& each : plan.assignments) {
    const std::string user = user_of(db, each.user);
    if (user.empty()) {
      strangers.push_back(each.user);
      continue;
    }
    const std::string id = host_.new_id();
    Assignment assignment{.role = numbers.at(each.role)};
    assignment.scope = each.scope;
    assignments::put(db, {.id = id, .user = user, .assignment = assignment, .reason = "imported"},
                     now);
    versions::raise(db, {.user = user}, now);
  }
  return strangers;
}

std::string ImportCommand::user_of(Reader& db, const std::string& named) const {
  Identity* const identity = identity_.operator->();
  if (identity == nullptr) return named;
  if (auto found = identity->find(db, named)) return *std::move(found);
  return identity->exists(db, named) ? named : std::string();
}

}  // namespace portico::rbac

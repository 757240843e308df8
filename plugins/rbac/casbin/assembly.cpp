// SPDX-License-Identifier: Apache-2.0
#include "casbin/assembly.h"

#include "casbin/role_names.h"
#include "casbin/shares.h"
#include "model/permission.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace portico::rbac::casbin {
namespace {

std::string in_domain(const std::string& name, const std::string& domain) {
  return name + '-' + domain;
}

std::string renamed(const std::string& name, const std::string& taken) {
  return "The role \"" + name + "\" becomes \"" + taken + "\".";
}

std::string divided(const std::string& name, const std::string& domain, const std::string& taken) {
  return "The role \"" + name + "\" is another one in other domains; that of \"" + domain +
         "\" becomes \"" + taken + "\".";
}

std::string made_own(const std::string& user, const std::string& role) {
  return "No line gives \"" + user + "\" to anybody, so it counts as a user, who gets the role \"" +
         role + "\" alone.";
}

class Assembly {
 public:
  Assembly(Policy policy, Remark::Kind loss)
      : policy_(std::move(policy)), loss_(loss), table_(policy_.links), likenesses_(table_) {
    plan_.report = std::move(policy_.remarks);
  }

  Plan make() && {
    for (const Rule& rule : policy_.rules) table_.add(rule);
    for (const Link& link : policy_.links) inherit(link);
    table_.spread();
    name_roles();
    for (const auto& [name, shares] : table_.roles()) {
      for (const auto& [domain, share] : shares) plan_role(name, domain);
    }
    for (const Link& link : policy_.links) assign(link);
    for (const auto& [user, shares] : table_.users()) plan_own_roles(user, shares);
    return std::move(plan_);
  }

 private:
  void remark(const Line& line, Remark::Kind kind, std::string sentence) {
    plan_.report.push_back(
        {Remark::File::Policy, line.number, std::string(line.text), kind, std::move(sentence)});
  }

  void inherit(const Link& link) {
    if (!table_.is_role(link.member)) return;
    std::string fault = table_.add(link);
    if (!fault.empty()) remark(link.line, loss_, std::move(fault));
  }

  /// One line of each that is not the same in another domain.
  std::map<std::size_t, std::string> kinds_of(const std::string& name, const Shares& shares) {
    std::map<std::size_t, std::string> kinds;
    for (const auto& [domain, share] : shares) {
      kinds.try_emplace(likenesses_.of(name, domain, share), domain);
    }
    return kinds;
  }

  // Names that fit stay as they are, so those that do not come after them.
  void name_roles() {
    std::vector<std::string> later;
    for (const auto& [name, shares] : table_.roles()) {
      const bool stays = kinds_of(name, shares).size() == 1 && fault_of_role_name(name).empty();
      if (stays) name_role(name, shares);
      if (!stays) later.push_back(name);
    }
    for (const std::string& name : later) name_role(name, table_.roles().at(name));
  }

  void name_role(const std::string& name, const Shares& shares) {
    const auto kinds = kinds_of(name, shares);
    for (const auto& [kind, domain] : kinds) {
      const bool split = kinds.size() > 1;
      const std::string taken = names_.take(split ? in_domain(name, domain) : name);
      names_by_kind_[kind] = taken;
      if (taken == name) continue;
      remark(shares.at(domain).first, Remark::Kind::Changed,
             split ? divided(name, domain, taken) : renamed(name, taken));
    }
  }

  /// Once for all domains where it is the same, and after its parents.
  const std::string& plan_role(const std::string& name, const std::string& domain) {
    const std::size_t kind = likenesses_.of_role(name, domain);
    const std::string& planned = names_by_kind_.at(kind);
    if (!planned_.insert(kind).second) return planned;
    const Share& share = table_.roles().at(name).at(domain);
    PlannedRole role{planned, name, {}, share.grants};
    for (const std::string& parent : share.parents) {
      role.parents.push_back(plan_role(parent, domain));
    }
    plan_.roles.push_back(std::move(role));
    return planned;
  }

  void assign(const Link& link) {
    if (table_.is_role(link.member)) return;
    add({link.member, plan_role(link.role, link.domain), link.domain});
  }

  void add(PlannedAssignment assignment) {
    if (!assigned_.insert(assignment.user + '\n' + assignment.role + '\n' + assignment.scope)
             .second) {
      return;
    }
    plan_.assignments.push_back(std::move(assignment));
  }

  void plan_own_roles(const std::string& user, const Shares& shares) {
    const auto kinds = kinds_of(user, shares);
    const std::string own = "user-" + user;
    for (const auto& [kind, domain] : kinds) {
      const Share& share = shares.at(domain);
      const std::string name = names_.take(kinds.size() > 1 ? in_domain(own, domain) : own);
      names_by_kind_[kind] = name;
      remark(share.first, Remark::Kind::Changed, made_own(user, name));
      plan_.roles.push_back({name, user, {}, share.grants});
    }
    for (const auto& [domain, share] : shares) {
      add({user, names_by_kind_.at(likenesses_.of(user, domain, share)), domain});
    }
  }

  Policy policy_;
  Remark::Kind loss_;
  ShareTable table_;
  Likenesses likenesses_;
  RoleNames names_;
  std::map<std::size_t, std::string> names_by_kind_;
  std::set<std::size_t> planned_;
  std::set<std::string> assigned_;
  Plan plan_;
};

}  // namespace

Plan assemble(Policy policy, Remark::Kind loss) { return Assembly(std::move(policy), loss).make(); }

}  // namespace portico::rbac::casbin

// SPDX-License-Identifier: Apache-2.0
#include "casbin/shares.h"

#include <algorithm>

namespace portico::rbac::casbin {
namespace {

Share& share_in(Shares& shares, const std::string& domain, const Line& line) {
  Share& share = shares.try_emplace(domain, Share{line}).first->second;
  if (line.number < share.first.number) share.first = line;
  return share;
}

void add_grant(Share& share, const Grant& grant) {
  const auto& all = share.grants;
  if (std::find(all.begin(), all.end(), grant) == all.end()) share.grants.push_back(grant);
}

}  // namespace

ShareTable::ShareTable(const std::vector<Link>& links) {
  for (const Link& link : links) share(link.role, link.domain, link.line);
}

Share& ShareTable::share(const std::string& role, const std::string& domain, const Line& line) {
  return share_in(roles_[role], domain, line);
}

void ShareTable::add(const Rule& rule) {
  auto& table = is_role(rule.subject) ? roles_ : users_;
  add_grant(share_in(table[rule.subject], rule.domain, rule.line), rule.grant);
}

Role ShareTable::graph_role(const std::string& name, const std::string& domain) {
  const auto next = static_cast<std::int64_t>(numbers_.size());
  const auto number = numbers_.try_emplace({name, domain}, next).first->second;
  Role role{.number = number, .name = name, .description = {}, .parents = {}, .grants = {}};
  for (const std::string& parent : roles_[name][domain].parents) {
    role.parents.push_back(numbers_.at({parent, domain}));
  }
  return role;
}

std::string ShareTable::add(const Link& link) {
  Share& member = share(link.member, link.domain, link.line);
  if (member.parents.contains(link.role)) return "";
  const Role parent = graph_role(link.role, link.domain);
  graph_.put(parent);
  Role child = graph_role(link.member, link.domain);
  child.parents.push_back(parent.number);
  if (const auto fault = graph_.fault_of(child)) return fault->sentence;
  graph_.put(child);
  member.parents.insert(link.role);
  return "";
}

void ShareTable::spread() {
  for (auto& [name, shares] : roles_) {
    if (shares.size() < 2) continue;
    const auto everywhere = shares.extract(std::string(Everywhere));
    if (everywhere.empty()) continue;
    for (auto& [domain, share] : shares) {
      for (const Grant& grant : everywhere.mapped().grants) add_grant(share, grant);
    }
  }
}

std::size_t Likenesses::of(const std::string& name, const std::string& domain, const Share& share) {
  std::vector<std::string> parts;
  parts.reserve(share.grants.size() + share.parents.size());
  for (const Grant& grant : share.grants) {
    parts.push_back((grant.effect == Effect::Allow ? "+" : "-") + grant.pattern);
  }
  for (const std::string& parent : share.parents) {
    parts.push_back('^' + std::to_string(of_role(parent, domain)));
  }
  std::sort(parts.begin(), parts.end());
  // A pattern has no line in it; a name may, but stands last.
  std::string all;
  for (const std::string& part : parts) all.append(part).append("\n");
  return numbers_.try_emplace(all.append("=").append(name), numbers_.size()).first->second;
}

std::size_t Likenesses::of_role(const std::string& name, const std::string& domain) {
  if (const auto known = known_.find({name, domain}); known != known_.end()) return known->second;
  const std::size_t number = of(name, domain, table_.roles().at(name).at(domain));
  known_.emplace(std::pair(name, domain), number);
  return number;
}

}  // namespace portico::rbac::casbin

// SPDX-License-Identifier: Apache-2.0
#include "casbin/policy.h"

#include "casbin/csv.h"
#include "model/permission.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace portico::rbac::casbin {
namespace {

bool is_scope(std::string_view text) {
  constexpr std::size_t Longest = 200;
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  return !text.empty() && text.size() <= Longest && !std::any_of(text.begin(), text.end(), control);
}

class Reader {
 public:
  explicit Reader(const Definition& definition) noexcept : definition_(definition) {}

  void read(const Line& line) {
    const auto fields = fields_of(line.text);
    if (!fields) {
      return refuse(line, "A field is in quotes as a whole, and a quote in it is written twice.");
    }
    if (fields->front() == "p") return rule(line, *fields);
    if (fields->front() == "g") return link(line, *fields);
    refuse(line, "Lines begin with p or g; others do not map.");
  }

  [[nodiscard]] Policy take() && { return std::move(policy_); }

 private:
  void refuse(const Line& line, std::string sentence, Remark::Kind kind = Remark::Kind::Lost) {
    policy_.remarks.push_back(
        {Remark::File::Policy, line.number, std::string(line.text), kind, std::move(sentence)});
  }

  void rule(const Line& line, const std::vector<std::string>& fields) {
    const Parts& parts = definition_.policy;
    const std::string size = std::to_string(parts.count + 1);
    // Whether it denies is not to be told where the fields are not those of the model.
    if (fields.size() != parts.count + 1) {
      return refuse(line, "The model gives this line " + size + " fields.", loss(Effect::Deny));
    }
    const auto field = [&fields](std::size_t part) -> const std::string& {
      return fields[part + 1];
    };
    const std::string effect = parts.effect ? field(*parts.effect) : "allow";
    if (effect != "allow" && effect != "deny") {
      return refuse(line, "Effects are allow and deny.", Remark::Kind::Void);
    }
    Rule rule{line, field(parts.subject), std::string(Everywhere), {}};
    rule.grant.effect = effect == "deny" ? Effect::Deny : Effect::Allow;
    if (rule.grant.effect == Effect::Deny && !definition_.denies) {
      return refuse(line, "By the effect of the model a deny changes nothing.", Remark::Kind::Void);
    }
    const std::string& object = field(parts.object);
    const std::string& action = field(parts.action);
    rule.grant.pattern = object + ':' + action;
    if (parts.domain) rule.domain = field(*parts.domain);
    std::string fault = fault_of(object, action);
    if (fault.empty() && parts.domain) fault = fault_of_domain(rule.domain);
    if (fault.empty() && rule.subject.empty()) fault = "The line has no subject.";
    if (!fault.empty()) return refuse(line, std::move(fault), loss(rule.grant.effect));
    policy_.rules.push_back(std::move(rule));
  }

  void link(const Line& line, const std::vector<std::string>& fields) {
    const std::size_t count = definition_.role_fields;
    if (count == 0) {
      return refuse(line, "The matcher does not ask who has which role.", Remark::Kind::Void);
    }
    // By a role somebody may also be denied.
    if (fields.size() != count + 1) {
      return refuse(line, "The model gives this line " + std::to_string(count + 1) + " fields.",
                    loss(Effect::Deny));
    }
    Link link{line, fields[1], fields[2], std::string(Everywhere)};
    if (link.member.empty() || link.role.empty()) {
      return refuse(line, "The line has no member or no role.");
    }
    // In g a "*" is a domain of that name, unless a program adds a function of which the model does
    // not tell.
    if (count == 3 && (!is_scope(fields[3]) || fields[3] == Everywhere)) {
      return refuse(line, "Write a domain by its name, in 1 to 200 characters, and no \"*\".",
                    loss(Effect::Deny));
    }
    if (count == 3) link.domain = fields[3];
    policy_.links.push_back(std::move(link));
  }

  [[nodiscard]] Remark::Kind loss(Effect effect) const noexcept {
    const bool denies = effect == Effect::Deny && definition_.denies;
    return denies ? Remark::Kind::Widens : Remark::Kind::Lost;
  }

  [[nodiscard]] std::string fault_of(const std::string& object, const std::string& action) const {
    if ((object == "*" && !definition_.matcher.any_object) ||
        (action == "*" && !definition_.matcher.any_action)) {
      return "The matcher compares by ==, where \"*\" stands for nothing else; here it would stand "
             "for anything.";
    }
    const bool split = (object + action).find(':') != std::string::npos;
    const bool rest = object == "**" || action == "**";
    if (!split && !rest && fault_of_pattern(object + ':' + action).empty()) return "";
    return "No pattern says this: an object and an action are each \"*\" or 1 to 40 of a-z, 0-9, "
           "\"_\" and \"-\".";
  }

  [[nodiscard]] std::string fault_of_domain(const std::string& domain) const {
    if (domain == Everywhere) {
      if (definition_.matcher.any_domain) return "";
      return "The matcher compares domains by ==, where \"*\" stands for nothing else.";
    }
    const bool star = definition_.matcher.any_domain && domain.find('*') != std::string::npos;
    if (!star && is_scope(domain)) return "";
    return "Write a domain by its name, in 1 to 200 characters, or \"*\" alone.";
  }

  const Definition& definition_;
  Policy policy_;
};

}  // namespace

Policy read_policy(std::string_view text, const Definition& definition) {
  Reader reader(definition);
  for (const Line& line : lines_of(text, "#")) reader.read(line);
  return std::move(reader).take();
}

}  // namespace portico::rbac::casbin

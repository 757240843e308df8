// SPDX-License-Identifier: Apache-2.0
// A world of roles that chance makes, the same with each run, and a request in it.
#pragma once

#include "condition/attributes.h"
#include "model/role.h"

#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace portico::rbac::bench {

inline constexpr std::uint32_t Roles = 10'000;
inline constexpr std::uint32_t GrantsOfOne = 10;
inline constexpr std::uint32_t Levels = 10;
inline constexpr std::uint32_t Resources = 600;
inline constexpr std::uint32_t Actions = 12;
inline constexpr std::chrono::microseconds Now = std::chrono::seconds(1'800'000'000);

class Dice {
 public:
  /// Below `end`.
  std::uint32_t operator()(std::uint32_t end) {
    return static_cast<std::uint32_t>(engine_() % end);
  }
  bool percent(std::uint32_t of) { return (*this)(100) < of; }

 private:
  std::mt19937_64 engine_{20260};
};

/// Of a request: few attributes, each found by its name.
class Request final : public Attributes {
 public:
  [[nodiscard]] Value find(const Attribute& attribute) const noexcept override {
    if (attribute.path == "id") return std::string_view("018f3f9e-5c2a-7c61-9d6e-0d5f5c1f2a3b");
    if (attribute.path == "owner") return std::string_view("018f3f9e-5c2a-7c61-9d6e-0d5f5c1f2a3b");
    if (attribute.path == "claims.department") return std::string_view("sales");
    if (attribute.path == "claims.level") return std::int64_t{4};
    if (attribute.path == "ip") return std::string_view("10.1.2.3");
    return {};
  }
  [[nodiscard]] std::chrono::microseconds time() const noexcept override { return Now; }
};

inline constexpr std::string_view Small = R"({"eq":["subject.claims.department","sales"]})";
/// Eight nodes, each of which is read.
inline constexpr std::string_view Eight =
    R"({"and":[{"eq":["subject.claims.department","sales"]},{"gte":["subject.claims.level",3]},)"
    R"({"cidr":["context.ip","10.0.0.0/8"]},{"exists":"subject.id"},{"owner":"resource.owner"},)"
    R"({"in":["subject.claims.department",["legal","sales"]]},)"
    R"({"prefix":["subject.claims.department","sal"]}]})";

inline std::string resource(Dice& dice) { return "resource-" + std::to_string(dice(Resources)); }
inline std::string action(Dice& dice) { return "action_" + std::to_string(dice(Actions)); }

inline std::string permission(Dice& dice) {
  std::string text = resource(dice) + ":" + action(dice);
  if (dice.percent(25)) text += ":own";
  return text;
}

inline std::string pattern(Dice& dice) {
  const std::uint32_t kind = dice(100);
  if (kind < 80) return permission(dice);
  if (kind < 90) return resource(dice) + ":*";
  if (kind < 97) return resource(dice) + ":**";
  if (kind < 99) return "*:" + action(dice);
  return dice.percent(5) ? "**" : "*:" + action(dice) + ":own";
}

/// Ten levels, each of which inherits from the ones above it. `condition`: of every allow; else one
/// in ten has a small one.
inline std::vector<Role> usual_roles(std::string_view condition) {
  Dice dice;
  std::vector<Role> roles(Roles);
  for (std::uint32_t i = 0; i < Roles; ++i) {
    Role& role = roles[i];
    role.number = i + 1;
    role.name = "role-" + std::to_string(i);
    const std::uint32_t above = i / (Roles / Levels) * (Roles / Levels);
    for (std::uint32_t n = above == 0 ? 0 : dice(3); n > 0; --n) {
      role.parents.push_back(dice(above) + 1);
    }
    for (std::uint32_t n = 0; n < GrantsOfOne; ++n) {
      Grant grant{pattern(dice), dice.percent(2) ? Effect::Deny : Effect::Allow, ""};
      if (condition.empty() ? dice.percent(10) : grant.effect == Effect::Allow) {
        grant.condition = condition.empty() ? Small : condition;
      }
      role.grants.push_back(std::move(grant));
    }
  }
  return roles;
}

/// One role has half of all others for parents, and the other half have it: all inherit nearly all.
inline std::vector<Role> wide_roles() {
  std::vector<Role> roles = usual_roles("");
  const std::uint32_t hub = Roles / 2;
  for (Role& role : roles) {
    role.parents.clear();
    // What is denied by a pattern would be so to nearly everybody.
    for (Grant& grant : role.grants) {
      if (grant.pattern.find('*') != std::string::npos) grant.effect = Effect::Allow;
    }
  }
  for (std::uint32_t i = 0; i < hub; ++i) roles[hub].parents.push_back(i + 1);
  for (std::uint32_t i = hub + 1; i < Roles; ++i) roles[i].parents.push_back(hub + 1);
  return roles;
}

}  // namespace portico::rbac::bench

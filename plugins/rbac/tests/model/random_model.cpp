// SPDX-License-Identifier: Apache-2.0
#include "tests/model/random_model.h"

namespace portico::rbac::model::test {
namespace {

constexpr std::chrono::microseconds Moments[] = {Now - std::chrono::microseconds(1), Now,
                                                 Now + std::chrono::microseconds(1)};
constexpr std::chrono::microseconds None{0};

}  // namespace

std::vector<Role> RandomModel::roles() {
  // Most are few, where all meet; some are so many that a role has few of them, or one pattern
  // many.
  const std::size_t count = percent(90) ? 1 + dice(9) : 100 + dice(100);
  const bool circles = percent(5);
  std::vector<Role> roles;
  for (std::size_t place = 0; place < count; ++place) {
    std::vector<Grant> grants;
    for (std::uint32_t n = percent(count > 9 ? 2 : 0) ? 600 : dice(5); n > 0; --n) {
      grants.push_back(grant());
    }
    roles.push_back(role(static_cast<std::int64_t>(place * 7 + 3), std::move(grants),
                         parents(place, count, circles)));
  }
  std::shuffle(roles.begin(), roles.end(), engine_);
  return roles;
}

std::vector<std::int64_t> RandomModel::parents(std::size_t place, std::size_t roles, bool circles) {
  std::vector<std::int64_t> parents;
  for (std::uint32_t n = roles > 9 && percent(3) ? 30 : dice(4); n > 1; --n) {
    if (place > 0 || circles) {
      parents.push_back(static_cast<std::int64_t>(dice(circles ? roles : place) * 7 + 3));
    }
  }
  if (percent(3)) parents.push_back(1);  // Nobody.
  return parents;
}

Grant RandomModel::grant() {
  Grant grant{pattern(), percent(20) ? Effect::Deny : Effect::Allow, condition()};
  if (percent(1)) grant.pattern += '!';
  return grant;
}

std::string RandomModel::permission(std::size_t least) {
  static constexpr const char* Segments[] = {"a", "b", "a-b"};
  std::string text = one_of(Segments);
  for (std::size_t n = least + dice(3); n > 1; --n) text.append(":").append(one_of(Segments));
  return text;
}

std::string RandomModel::pattern() {
  if (percent(4)) return "**";
  std::string text;
  const bool open = percent(20);
  std::string part;
  for (const char c : permission(open ? 1 : 2) + ":") {
    if (c != ':') {
      part += c;
      continue;
    }
    text.append(text.empty() ? "" : ":").append(percent(25) ? "*" : part);
    part.clear();
  }
  return open ? text + ":**" : text;
}

std::string RandomModel::condition() {
  static constexpr const char* Conditions[] = {
      R"({"eq":["subject.department","sales"]})",
      R"({"not":{"eq":["subject.department","sales"]}})",
      R"({"gte":["subject.level",3]})",
      R"({"exists":"resource.owner"})",
      R"({"and":[{"owner":"resource.owner"},{"lt":["subject.level","resource.level"]}]})",
      R"({"or":[{"owner":"resource.owner"},{"in":["subject.department",["sales","legal"]]}]})",
      R"({"eq":["subject.level"]})",
      "not JSON",
  };
  return percent(70) ? "" : one_of(Conditions);
}

std::vector<Assignment> RandomModel::assignments(std::size_t roles) {
  static constexpr const char* Scopes[] = {"*", "*", "*", "s", "t"};
  std::vector<Assignment> assignments;
  for (std::uint32_t n = percent(95) ? dice(5) : dice(30); n > 0; --n) {
    Assignment assignment{.role = static_cast<std::int64_t>(dice(roles + 1) * 7 + 3),
                          .scope = one_of(Scopes)};
    if (percent(15)) assignment.not_before = one_of(Moments);
    if (percent(15)) assignment.expires = one_of(Moments);
    assignments.push_back(std::move(assignment));
  }
  return assignments;
}

Reference::Question RandomModel::question() {
  static constexpr const char* Scopes[] = {"s", "t", "u", "*"};
  return {permission(2), one_of(Scopes), one_of(Moments)};
}

Facts RandomModel::facts() {
  static constexpr const char* Departments[] = {"sales", "legal", "shop"};
  static constexpr const char* People[] = {"ada", "bob"};
  Facts facts;
  if (percent(70)) facts.set("subject.department", std::string(one_of(Departments)));
  if (percent(70)) facts.set("subject.level", std::int64_t{dice(6)});
  if (percent(10)) facts.set("subject.level", std::string("high"));
  if (percent(70)) facts.set("subject.id", std::string(one_of(People)));
  if (percent(70)) facts.set("resource.owner", std::string(one_of(People)));
  if (percent(70)) facts.set("resource.level", std::int64_t{dice(6)});
  return facts;
}

}  // namespace portico::rbac::model::test

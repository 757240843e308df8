// SPDX-License-Identifier: Apache-2.0
// What `rbac` costs a request, in nanoseconds of CPU time: through the real chain, in process,
// pinned to one core. "without" is the same chain without it; its cost is taken off. First one
// caller, by what the token says; then a million, whose 10 000 roles with 100 000 grants are in a
// database, and of whom chance picks one for each request. Arguments: as of bench/in_process.h, and
// users (1000000).
#include "in_process.h"
#include "rbac.h"
#include "rbac_crowd.h"
#include <portico/testing.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace portico;
using rbac::bench::Crowd;

constexpr std::string_view Roles = R"({roles: {
  clerk: {permissions: ["orders:read", {allow: "orders:pay", when: '{"and": [
    {"eq": ["context.method", "GET"]}, {"exists": "subject.id"}, {"lte": ["resource.amount", "100"]},
    {"prefix": ["context.path", "/"]}, {"cidr": ["context.ip", "192.0.2.0/24"]},
    {"in": ["context.scheme", ["http", "https"]]}, {"owner": "resource.owner"}]}'}]},
  user: {parents: [clerk]}
}})";

struct Case {
  std::string name;
  std::string rule;  // Empty: without.
  double most;       // Nanoseconds.
  std::size_t users = 1;
  bench::Rounds rounds{};
  std::unique_ptr<testing::Gateway> gateway{};
  Crowd* crowd = nullptr;
  std::mt19937_64 dice{11};

  void prepare() {
    gateway = std::make_unique<testing::Gateway>();
    if (users > 1) {
      gateway->sql("main").load<Crowd>("{users: " + std::to_string(users) + "}");
      gateway
          ->load<rbac::RbacPlugin>(
              "{database: main, staleness: 1h, cache: {users: " + std::to_string(users) + "}}")
          .use("crowd");
    } else {
      gateway->load<rbac::RbacPlugin>(Roles).use("test_user: {name: ada, roles: [user, gold]}");
    }
    if (!rule.empty()) gateway->use(rule);
    gateway->route("{match: {path: \"/{id}\"}, respond: {status: 204}}");
    gateway->start();
    if (users > 1) settle();
    run(1000);
    rounds.forget();
  }
  /// Everybody has been asked about once.
  void settle() {
    crowd = gateway->find<Crowd>(Crowd::ServiceName);
    crowd->settle(10'000);
    gateway->advance(std::chrono::seconds(5));
    for (std::size_t user = 0; user < users; ++user) {
      crowd->step_to(user);
      static_cast<void>(gateway->get("/ada"));
    }
  }
  void run(std::size_t requests) {
    rounds.run(requests, [&] {
      if (crowd != nullptr) crowd->step_to(dice() % users);
      return gateway->get("/ada?amount=100").status == Status::NoContent;
    });
  }
};

bool report(std::vector<Case>& cases, const char* title) {
  bool fine = true;
  const double without = cases.front().rounds.median();
  std::printf("%-40s %8.0f ns\n", title, without);
  for (std::size_t i = 1; i < cases.size(); ++i) {
    const double cost = cases[i].rounds.median() - without;
    const bool missed = cost > cases[i].most || !cases[i].rounds.all_passed();
    std::printf("  %-38s %8.0f ns of %.0f%s\n", cases[i].name.c_str(), cost, cases[i].most,
                missed ? "  MISSED" : "");
    fine = fine && !missed;
  }
  return fine;
}

bool measure(const bench::Plan& plan, std::vector<Case> cases, const char* title) {
  for (Case& one : cases) one.prepare();
  plan.take_turns(cases, [&](Case& one) { one.run(static_cast<std::size_t>(plan.requests)); });
  return report(cases, title);
}

}  // namespace

int main(int count, char** arguments) {
  const bench::Plan plan(count, arguments);
  const auto users = static_cast<std::size_t>(count > 3 ? std::atoi(arguments[3]) : 1'000'000);
  if (!plan.possible() || users < 2) return 64;
  std::vector<Case> one;
  one.push_back({"without", "", 0});
  one.push_back({"a permission", "rbac: \"orders:read\"", 500});
  one.push_back({"one of two", "rbac: {any_of: [\"orders:delete\", \"orders:read\"]}", 500});
  one.push_back({"a role", "rbac: {role: clerk}", 500});
  one.push_back({"under a condition of 8 nodes",
                 "rbac: {require: \"orders:pay\", owner: id, resource: {amount: "
                 "\"{query.amount}\"}}",
                 3000});
  const bool first = measure(plan, std::move(one), "one caller, without rbac");
  std::vector<Case> many;
  many.push_back({"without", "", 0, users});
  many.push_back({"a permission", "rbac: \"orders:read\"", 500, users});
  const bool second = measure(plan, std::move(many), "any of all users, without rbac");
  return first && second ? 0 : 1;
}

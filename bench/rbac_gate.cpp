// SPDX-License-Identifier: Apache-2.0
// What `rbac` costs a request, in nanoseconds of CPU time: through the real chain, in process,
// pinned to one core. "without" is the same chain without it; its cost is taken off. Arguments: as
// of bench/in_process.h.
#include "in_process.h"
#include "rbac.h"
#include <portico/testing.h>

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace portico;

constexpr std::string_view Roles = R"(roles: {
  clerk: {permissions: ["orders:read", {allow: "orders:pay", when: '{"and": [
    {"eq": ["context.method", "GET"]}, {"exists": "subject.id"}, {"lte": ["resource.amount", "100"]},
    {"prefix": ["context.path", "/"]}, {"cidr": ["context.ip", "192.0.2.0/24"]},
    {"in": ["context.scheme", ["http", "https"]]}, {"owner": "resource.owner"}]}'}]},
  user: {parents: [clerk]}
})";
/// A decision of the whole middleware, beside what the model takes for itself.
constexpr double Most = 1000;

struct Case {
  std::string name;
  std::string settings;
  std::string rule;
  bench::Rounds rounds{};
  std::unique_ptr<testing::Gateway> gateway{};

  void prepare() {
    gateway = std::make_unique<testing::Gateway>();
    gateway->sql("main").load<rbac::RbacPlugin>("{" + settings + std::string(Roles) + "}");
    gateway->use("test_user: {name: ada, roles: [user, gold]}");
    if (!rule.empty()) gateway->use(rule);
    gateway->route("{match: {path: \"/{id}\"}, respond: {status: 204}}");
    gateway->start();
    run(1000);
    rounds.forget();
  }
  void run(std::size_t requests) {
    rounds.run(requests,
               [&] { return gateway->get("/ada?amount=100").status == Status::NoContent; });
  }
};

}  // namespace

int main(int count, char** arguments) {
  const bench::Plan plan(count, arguments);
  if (!plan.possible()) return 64;
  std::vector<Case> cases{
      {"without", "", ""},
      {"a permission", "", "rbac: \"orders:read\""},
      {"one of two permissions", "", "rbac: {any_of: [\"orders:delete\", \"orders:read\"]}"},
      {"a role", "", "rbac: {role: clerk}"},
      {"under a condition of 8 nodes", "",
       "rbac: {require: \"orders:pay\", owner: id, resource: {amount: \"{query.amount}\"}}"},
  };
  for (Case& one : cases) one.prepare();
  plan.take_turns(cases, [&](Case& one) { one.run(static_cast<std::size_t>(plan.requests)); });
  bool fine = true;
  const double without = cases.front().rounds.median();
  std::printf("%-32s %8.0f ns\n", "a request without it", without);
  for (std::size_t i = 1; i < cases.size(); ++i) {
    const double cost = cases[i].rounds.median() - without;
    const bool missed = cost > Most || !cases[i].rounds.all_passed();
    std::printf("%-32s %8.0f ns%s\n", cases[i].name.c_str(), cost, missed ? "  MISSED" : "");
    fine = fine && !missed;
  }
  return fine ? 0 : 1;
}

// SPDX-License-Identifier: Apache-2.0
#include "api/site.h"

namespace portico::rbac::test {
namespace {

class ChecksApi : public ::testing::Test {
 public:
  ChecksApi() {
    site.add_role("clerk", R"("permissions":[)" + Site::allow("orders:read") +
                               R"(,{"permission":"orders:update",)"
                               R"("condition":{"owner":"resource.owner_id"}},)"
                               R"({"permission":"orders:pay",)"
                               R"("condition":{"lte":["resource.amount",100]}},)"
                               R"({"permission":"orders:night",)"
                               R"("condition":{"eq":["context.shift","night"]}},)"
                               R"({"permission":"orders:team",)"
                               R"("condition":{"eq":["subject.claims.team","red"]}}])");
    site.give("ada", "clerk");
    site.give("eve", "clerk", "acme");
  }
  std::string reason(std::string_view body) {
    const Reply reply = site.post("/check", body);
    EXPECT_EQ(reply.status, Status::Ok) << reply.body;
    return member(reply.body, "reason");
  }

  Site site;
};

TEST_F(ChecksApi, AnswersAndWritesItDown) {
  const Reply reply = site.post(
      "/check",
      R"({"subject":"ada","action":"orders:read","resource":{"type":"orders","id":"17"}})");
  ASSERT_EQ(reply.status, Status::Ok) << reply.body;
  EXPECT_EQ(member(reply.body, "allowed"), "true");
  EXPECT_EQ(member(reply.body, "reason"), "granted");
  EXPECT_EQ(member(reply.body, "version"),
            std::to_string(site.number("SELECT version FROM rbac_state")));
  ASSERT_EQ(site.around().decided.size(), 1U);
  const LoggedDecision& logged = site.around().decided[0];
  EXPECT_EQ(logged.id, member(reply.body, "decision_id"));
  EXPECT_EQ(logged.user, "ada");
  EXPECT_EQ(logged.permission, "orders:read");
  EXPECT_EQ(logged.resource, "orders:17");
  EXPECT_EQ(logged.role, "clerk");
  EXPECT_TRUE(logged.allowed);
}

TEST_F(ChecksApi, ReadsAttributesOfTheBody) {
  const auto pay = [&](std::string_view attrs) {
    return reason(R"({"subject":"ada","action":"pay","resource":{"type":"orders","attrs":)" +
                  std::string(attrs) + "}}");
  };
  EXPECT_EQ(pay(R"({"amount":100})"), "granted");
  EXPECT_EQ(pay(R"({"amount":100.5})"), "condition_failed");
  EXPECT_EQ(pay(R"({"amount":"100"})"), "condition_failed");
  EXPECT_EQ(pay(R"({"amount":null})"), "condition_failed");
  EXPECT_EQ(pay("{}"), "condition_failed");
  EXPECT_EQ(pay("null"), "condition_failed");
  EXPECT_EQ(reason(R"({"subject":"ada","action":"orders:update",)"
                   R"("resource":{"attrs":{"owner_id":"ada"}}})"),
            "granted");
  EXPECT_EQ(reason(R"({"subject":"ada","action":"orders:night","context":{"shift":"night"}})"),
            "granted");
  EXPECT_EQ(reason(R"({"subject":"ada","action":"orders:team","claims":{"team":"red"}})"),
            "granted");
  EXPECT_EQ(reason(R"({"subject":"ada","action":"orders:team"})"), "condition_failed");
}

TEST_F(ChecksApi, GoesByScopeTimeAndCaller) {
  EXPECT_EQ(reason(R"({"subject":"eve","action":"orders:read"})"), "no_assignment");
  EXPECT_EQ(reason(R"({"subject":"eve","action":"orders:read","scope":"acme"})"), "granted");
  EXPECT_EQ(reason(R"({"action":"orders:read"})"), "granted") << "root asks for itself";
  ASSERT_EQ(site.post("/users/bob/roles", R"({"role":"clerk","not_before":"2100-01-01T00:00:00Z"})")
                .status,
            Status::Created);
  EXPECT_EQ(reason(R"({"subject":"bob","action":"orders:read"})"), "no_assignment");
  EXPECT_EQ(reason(R"({"subject":"bob","action":"orders:read","at":"2100-01-01T00:00:00Z"})"),
            "granted");
}

TEST_F(ChecksApi, RefusesWhatIsNoQuestion) {
  const auto code = [&](std::string_view body) { return code_of(site.post("/check", body)); };
  EXPECT_EQ(code(R"({"action":"Orders:read"})"), "bad_permission");
  EXPECT_EQ(code(R"({"action":"read"})"), "bad_permission");
  EXPECT_EQ(code(R"({"action":"orders:*"})"), "bad_permission");
  EXPECT_EQ(code(R"({"action":"orders:read","at":"now"})"), "time_invalid");
  EXPECT_EQ(code(R"({"action":"orders:read","scope":""})"), "scope_invalid");
  EXPECT_EQ(code(R"({"action":"orders:read","context":[1]})"), "validation_failed");
  EXPECT_EQ(code(R"({"subject":"ada"})"), "validation_failed");
  EXPECT_EQ(code(R"({"action":"orders:read","resource":{"attrs":{"a":1,"a":2}}})"), "invalid_json");
}

TEST_F(ChecksApi, WaitsForAVersionThatIsAskedFor) {
  const std::int64_t now = site.number("SELECT version FROM rbac_state");
  const auto status = [&](std::int64_t least) {
    return site.post("/check",
                     R"({"action":"orders:read","min_version":)" + std::to_string(least) + "}");
  };
  EXPECT_EQ(status(now).status, Status::Ok);
  EXPECT_EQ(status(now + 1).status, Status::Conflict);
  EXPECT_EQ(code_of(status(now + 1)), "version_unavailable");
}

TEST_F(ChecksApi, AnswersManyInTheirOrder) {
  const Reply reply =
      site.post("/check/batch", R"({"checks":[{"subject":"ada","action":"orders:read"},)"
                                R"({"subject":"ada","action":"orders:pay","resource":)"
                                R"({"attrs":{"amount":7}}},{"subject":"bob","action":"a:b"}]})");
  ASSERT_EQ(reply.status, Status::Ok) << reply.body;
  std::string outcome;
  for (const LoggedDecision& each : site.around().decided) outcome += each.allowed ? 'y' : 'n';
  EXPECT_EQ(outcome, "yyn");
  std::string many = R"({"checks":[{"action":"a:b"})";
  for (int i = 0; i < 99; ++i) many += R"(,{"action":"a:b"})";
  EXPECT_EQ(site.post("/check/batch", many + "]}").status, Status::Ok);
  const Reply refused = site.post("/check/batch", many + R"(,{"action":"a:b"}]})");
  EXPECT_EQ(refused.status, Status::ContentTooLarge);
  EXPECT_EQ(code_of(refused), "too_many_checks");
}

TEST_F(ChecksApi, Explains) {
  const Reply reply = site.post(
      "/explain", R"({"subject":"ada","action":"orders:pay","resource":{"attrs":{"amount":700}}})");
  ASSERT_EQ(reply.status, Status::Ok) << reply.body;
  EXPECT_EQ(member(reply.body, "allowed"), "false");
  EXPECT_EQ(member(reply.body, "reason"), "condition_failed");
  EXPECT_NE(reply.body.find(R"("matched":[],"rejected":[{"path":["clerk"],"scope":"*",)"
                            R"("permission":"orders:pay","effect":"allow",)"
                            R"("condition":{"lte":["resource.amount",100]},"why":)"),
            std::string::npos)
      << reply.body;
  EXPECT_TRUE(site.around().decided.empty());
}

TEST_F(ChecksApi, ListsWhatMayBeReached) {
  const Reply reply =
      site.post("/list-resources", R"({"subject":"eve","type":"orders","action":"pay"})");
  ASSERT_EQ(reply.status, Status::Ok) << reply.body;
  EXPECT_NE(reply.body.find(R"({"permission":"orders:pay",)"
                            R"("condition":{"lte":["resource.amount",100]},"scope":"acme",)"
                            R"("except":[]})"),
            std::string::npos)
      << reply.body;
  EXPECT_EQ(code_of(site.post("/list-resources", R"({"type":"Orders","action":"pay"})")),
            "bad_permission");
}

TEST_F(ChecksApi, SimulatesWithoutWriting) {
  const std::int64_t before = site.number("SELECT version FROM rbac_state");
  const Reply reply = site.post(
      "/simulate",
      R"({"roles":[{"name":"payer","permissions":[{"permission":"bills:pay"}]},)"
      R"({"name":"clerk","parents":["payer"]}],)"
      R"("assignments":[{"user":"bob","role":"clerk"}],)"
      R"("revocations":[{"user":"eve","role":"clerk","scope":"acme"}],)"
      R"("checks":[{"subject":"ada","action":"bills:pay"},{"subject":"ada","action":"orders:read"},)"
      R"({"subject":"bob","action":"orders:read"},)"
      R"({"subject":"eve","action":"orders:read","scope":"acme"}]})");
  ASSERT_EQ(reply.status, Status::Ok) << reply.body;
  EXPECT_NE(reply.body.find(R"("results":[{"before":{"allowed":false,"reason":"nothing_matches"},)"
                            R"("after":{"allowed":true,"reason":"granted"}},)"
                            R"({"before":{"allowed":true,"reason":"granted"},)"
                            R"("after":{"allowed":true,"reason":"granted"}},)"
                            R"({"before":{"allowed":false,"reason":"no_assignment"},)"
                            R"("after":{"allowed":true,"reason":"granted"}},)"
                            R"({"before":{"allowed":true,"reason":"granted"},)"
                            R"("after":{"allowed":false,"reason":"no_assignment"}}])"),
            std::string::npos)
      << reply.body;
  EXPECT_EQ(site.number("SELECT version FROM rbac_state"), before);
  const auto code = [&](std::string_view body) { return code_of(site.post("/simulate", body)); };
  EXPECT_EQ(code(R"({"roles":[{"name":"clerk","parents":["clerk"]}],"checks":[]})"), "cycle");
  EXPECT_EQ(code(R"({"remove_roles":["nothing"],"checks":[]})"), "role_invalid");
  EXPECT_EQ(code(R"({"assignments":[{"user":"u","role":"x"}],"checks":[]})"), "role_invalid");
}

TEST_F(ChecksApi, ListsDecisions) {
  for (const char* action : {"orders:read", "orders:fly", "orders:read"}) {
    site.post("/check", R"({"subject":"ada","action":")" + std::string(action) + R"("})");
  }
  const auto ids = [&](const std::string& query) {
    const Reply reply = site.get("/decisions" + query);
    EXPECT_EQ(reply.status, Status::Ok) << reply.body;
    std::string found;
    for (std::size_t i = 0; i < site.around().decided.size(); ++i) {
      const bool there = reply.body.find(site.around().decided[i].id) != std::string::npos;
      if (there) found += std::to_string(i);
    }
    return found;
  };
  EXPECT_EQ(ids(""), "012");
  EXPECT_EQ(ids("?allowed=false"), "1");
  EXPECT_EQ(ids("?permission=orders:read&subject=ada"), "02");
  EXPECT_EQ(ids("?subject=eve"), "");
  EXPECT_EQ(ids("?from=2100-01-01T00:00:00Z"), "");
  const std::string next = member(site.get("/decisions?limit=2&allowed=true").body, "next");
  EXPECT_EQ(next, "");
  const std::string cursor = member(site.get("/decisions?limit=1&allowed=true").body, "next");
  EXPECT_EQ(ids("?limit=1&allowed=true&cursor=" + cursor), "0");
  EXPECT_EQ(code_of(site.get("/decisions?allowed=false&cursor=" + cursor)), "cursor_invalid");
  EXPECT_EQ(code_of(site.get("/decisions?allowed=maybe")), "validation_failed");
  const std::string one = member(site.get("/decisions?limit=1").body, "id");
  const std::string found = site.get("/decisions?decision_id=" + one).body;
  EXPECT_EQ(member(found, "id"), one);
  EXPECT_EQ(found.find("\"id\""), found.rfind("\"id\"")) << found;
  EXPECT_EQ(site.get("/decisions?decision_id=none").body, R"({"items":[]})");
  EXPECT_EQ(code_of(site.get("/decisions?from=yesterday")), "time_invalid");
}

}  // namespace
}  // namespace portico::rbac::test

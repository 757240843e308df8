// SPDX-License-Identifier: Apache-2.0
#include "api/site.h"

#include "api/stand_in.h"
#include "shared/time_text.h"
#include "store/migrations.h"
#include "store/seed.h"

#include <array>

namespace portico::rbac::test {
namespace {

constexpr std::array<std::string_view, 7> AllPermissions{
    "rbac:roles:read", "rbac:roles:write", "rbac:roles:assign",  "rbac:permissions:write",
    "rbac:check",      "rbac:explain",     "rbac:decisions:read"};

/// Has the routes and the tables, and a middleware that takes the caller's word for who it is.
class Routes final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"rbac", "1.0.0", "The routes of rbac by themselves"};

  Routes(const Config&, Host& host)
      : sql(host.sql("main")),
        host_(host),
        authority_(sql, around),
        accounts_(around),
        api_(sql, authority_, host.find<Identity>(Identity::ServiceName), host) {
    here = this;
  }
  ~Routes() override { here = nullptr; }

  void setup(Registrar& registrar) override {
    registrar.migrations("main", migrations());
    registrar.provide<Identity>(Identity::ServiceName, accounts_);
    registrar
        .middleware<NoSettings>("rbac",
                                [this](const NoSettings&) {
                                  return [this](Request& request) {
                                    identify(request);
                                    return pass();
                                  };
                                })
        .gives("identity");
    api_.setup(registrar);
  }
  void start() override {
    sql.write([&](Transaction& db) {
      apply_seed(db, {}, host_.unix_time());
      const std::string id = host_.new_id();
      assignments::put(
          db,
          {.id = id, .user = "root", .assignment = {.role = roles::find(db, AdminRole)->number}},
          host_.unix_time());
    });
  }

  [[nodiscard]] Time now() const { return host_.unix_time(); }

  static inline Routes* here = nullptr;
  Surroundings around;
  Sql& sql;

 private:
  void identify(Request& request) {
    const auto user = request.headers().get("X-Caller");
    if (!user) return;
    const auto key = request.headers().get("X-Key-Scope");
    key_scope_ = key.value_or("");
    Principal caller{.subject = *user};
    caller.limited = key.has_value();
    if (key) caller.scopes = {&key_scope_, 1};
    request.principal(caller);
  }

  Host& host_;
  std::string_view key_scope_;
  TableAuthority authority_;
  Accounts accounts_;
  Api api_;
};

}  // namespace

std::string member(const std::string& json, std::string_view name) {
  const std::string key = '"' + std::string(name) + "\":";
  std::size_t at = json.find(key);
  if (at == std::string::npos) return {};
  at += key.size();
  if (json[at] != '"') return json.substr(at, json.find_first_of(",}]", at) - at);
  return json.substr(at + 1, json.find('"', at + 1) - at - 1);
}

std::string refusal_of(const Reply& reply) {
  const std::string_view body(reply.body);
  const std::size_t at = body.find("\"required\":");
  if (at == std::string_view::npos) return code_of(reply);
  const std::string_view list = body.substr(at + 11, body.find(']', at) - at - 10);
  return code_of(reply).append(" ").append(list);
}

Site::Site() {
  gateway.sql("main").load<Routes>().use("rbac");
  for (const std::string_view each : AllPermissions) gateway.allow(each);
  gateway.start();
}

Reply Site::call(std::string_view user, std::string_view method, std::string_view path,
                 std::string_view json, std::string_view if_match) {
  const std::string target = "/rbac" + std::string(path);
  const std::pair<std::string_view, std::string_view> caller{"X-Caller", user};
  const std::pair<std::string_view, std::string_view> type{"Content-Type", "application/json"};
  const std::pair<std::string_view, std::string_view> match{"If-Match", if_match};
  if (user.empty()) return gateway.request(method, target, {type}, json);
  if (if_match.empty()) return gateway.request(method, target, {caller, type}, json);
  return gateway.request(method, target, {caller, type, match}, json);
}

Reply Site::call_by_key(std::string_view scope, std::string_view method, std::string_view path,
                        std::string_view json) {
  return gateway.request(
      method, "/rbac" + std::string(path),
      {{"X-Caller", "root"}, {"X-Key-Scope", scope}, {"Content-Type", "application/json"}}, json);
}

void Site::add_role(std::string_view name, std::string_view more) {
  std::string body = R"({"name":")" + std::string(name) + '"';
  if (!more.empty()) body.append(",").append(more);
  const Reply reply = post("/roles", body + "}");
  ASSERT_EQ(reply.status, Status::Created) << reply.body;
}

void Site::give(std::string_view user, std::string_view role, std::string_view scope) {
  const Reply reply =
      post("/users/" + std::string(user) + "/roles",
           R"({"role":")" + std::string(role) + R"(","scope":")" + std::string(scope) + R"("})");
  ASSERT_EQ(reply.status, Status::Created) << reply.body;
}

std::string Site::allow(std::string_view pattern) {
  return R"({"permission":")" + std::string(pattern) + R"("})";
}

std::string Site::after(std::chrono::microseconds time) {
  return time_text(Routes::here->now() + time);
}

std::int64_t Site::number(std::string_view query) const {
  return Routes::here->sql.read([&](Reader& db) {
    return db.query({"test.number", query})[0].integer(0);
  });
}

Surroundings& Site::around() const { return Routes::here->around; }

}  // namespace portico::rbac::test

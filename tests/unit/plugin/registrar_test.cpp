// SPDX-License-Identifier: Apache-2.0
#include "plugin/registrar.h"

#include "cli/command.h"

#include <functional>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

class RegistrarTest : public testing::Test {
 protected:
  static Flow let_pass(Request&) { return pass(); }
  static Response answer(Request&) { return Response(Status::NoContent); }

  /// What the call was refused with.
  std::string refusal(const std::function<void()>& call) {
    try {
      call();
      return "";
    } catch (const std::logic_error& error) {
      return error.what();
    }
  }
  void add_middleware(std::string_view name) {
    registrar_.middleware<NoSettings>(name, [](const NoSettings&) { return &let_pass; });
  }
  void add_terminal(std::string_view key) {
    registrar_.terminal<NoSettings>(key, [](const NoSettings&) { return &let_pass; });
  }
  RouteSpec add_route(std::string_view method, std::string_view path) {
    return registrar_.route(method, path, &answer);
  }

  Registrations made_;
  RegistrarState state_{made_, "sample"};
  Registrar& registrar_ = state_;
};

TEST_F(RegistrarTest, KeepsWhatIsSaidOfAMiddleware) {
  registrar_.middleware<NoSettings>("one", [](const NoSettings&) { return &let_pass; })
      .single()
      .gives("identity")
      .gives("roles")
      .rewrites_response()
      .answers_preflight();
  const auto* entry = made_.middleware("one");
  ASSERT_NE(entry, nullptr);
  EXPECT_TRUE(entry->single);
  EXPECT_TRUE(entry->rewrites_response);
  EXPECT_TRUE(entry->answers_preflight);
  EXPECT_EQ(entry->gives, (std::vector<std::string>{"identity", "roles"}));
  EXPECT_EQ(&entry->settings->schema(), &detail::schema_of<NoSettings>());
  EXPECT_EQ(made_.middleware("two"), nullptr);
}

TEST_F(RegistrarTest, TakesMiddlewaresThatBeginWithThePlugin) {
  add_middleware("sample");
  add_middleware("sample.strict");
  EXPECT_NE(made_.middleware("sample.strict"), nullptr);
  EXPECT_NE(refusal([&] { add_middleware("sample.strict"); }), "");
  EXPECT_NE(refusal([&] { add_middleware("other.strict"); }), "");
  EXPECT_NE(refusal([&] { add_terminal("sample.strict"); }), "");
}

TEST_F(RegistrarTest, KeepsPagesOfTheAdminAddress) {
  registrar_.admin("GET", "/keys", &answer);
  registrar_.admin("POST", "/keys", &answer);
  ASSERT_EQ(made_.admin.size(), 2U);
  EXPECT_EQ(made_.admin[1].method, "POST");
  EXPECT_EQ(made_.admin[1].path, "/keys");
  EXPECT_NE(refusal([&] { registrar_.admin("PUT", "/keys", &answer); }), "");
  EXPECT_NE(refusal([&] { registrar_.admin("GET", "keys", &answer); }), "");
  EXPECT_NE(refusal([&] { registrar_.admin("GET", "/keys", &answer); }), "");
  EXPECT_NE(refusal([&] { registrar_.admin("GET", "/none", {}); }), "");
}

TEST_F(RegistrarTest, ReservesHeadersThatCoreDoesNotLiveBy) {
  registrar_.reserves_header("X-User-Id");
  EXPECT_EQ(made_.reserved_headers, std::vector<std::string>{"X-User-Id"});
  for (const char* name : {"", "X User", "Host", "content-length", "Connection", "Upgrade"}) {
    EXPECT_NE(refusal([&] { registrar_.reserves_header(name); }), "") << name;
  }
}

TEST_F(RegistrarTest, KeepsOneStatus) {
  registrar_.status<NoSettings>([] { return NoSettings(); });
  int shown = 0;
  made_.status.tell([&shown](const void*) { ++shown; });
  EXPECT_EQ(shown, 1);
  EXPECT_EQ(&made_.status.schema(), &detail::schema_of<NoSettings>());
  EXPECT_NE(refusal([&] { registrar_.status<NoSettings>([] { return NoSettings(); }); }), "");
}

TEST_F(RegistrarTest, KeepsWhereATerminalLeads) {
  registrar_.terminal<NoSettings>("lead", [](const NoSettings&) { return &let_pass; })
      .upstream([](const NoSettings&) { return "app"; });
  const NoSettings settings;
  EXPECT_EQ(made_.terminal("lead")->upstream(&settings), "app");
}

TEST_F(RegistrarTest, MakesARuleFromSettings) {
  add_terminal("proxy");
  const auto* entry = made_.terminal("proxy");
  ASSERT_NE(entry, nullptr);
  const NoSettings settings;
  EXPECT_TRUE(static_cast<bool>(entry->make(&settings)));
}

TEST_F(RegistrarTest, KeepsWhatIsSaidOfARoute) {
  add_route("POST", "/users/{id}")
      .summary("Changes a user.")
      .body<NoSettings>()
      .body_limit(Bytes{10})
      .answers<NoSettings>(200)
      .answers(204)
      .permission("users:write")
      .pool(Pool::Crypto);
  const detail::RouteEntry& route = made_.routes.front();
  EXPECT_EQ(route.method, "POST");
  EXPECT_EQ(route.path, "/users/{id}");
  EXPECT_EQ(route.summary, "Changes a user.");
  EXPECT_EQ(route.body, &detail::schema_of<NoSettings>);
  EXPECT_EQ(route.body_limit, Bytes{10});
  EXPECT_EQ(route.pool, Pool::Crypto);
  ASSERT_EQ(route.answers.size(), 2U);
  EXPECT_EQ(route.answers[0].schema, &detail::schema_of<NoSettings>);
  EXPECT_EQ(route.answers[1].status, 204);
  EXPECT_EQ(route.answers[1].schema, nullptr);
  EXPECT_EQ(route.permission, "users:write");
}

TEST_F(RegistrarTest, NeverMovesEntries) {
  add_middleware("first");
  const auto* first = made_.middleware("first");
  for (int i = 0; i < 100; ++i) add_middleware("m" + std::to_string(i));
  EXPECT_EQ(made_.middleware("first"), first);
}

TEST_F(RegistrarTest, RefusesNamesTwice) {
  add_middleware("one");
  EXPECT_EQ(refusal([&] { add_middleware("one"); }), "the middleware \"one\" is registered twice");
  add_terminal("one");
  EXPECT_EQ(refusal([&] { add_terminal("one"); }), "the terminal \"one\" is registered twice");
  add_route("GET", "/a");
  add_route("POST", "/a");
  EXPECT_EQ(refusal([&] { add_route("GET", "/a"); }), "the route GET \"/a\" is registered twice");
}

TEST_F(RegistrarTest, RefusesNamesThatTheFileKeeps) {
  for (const char* name : {"", "Up", "a-b", "when", "mode"}) {
    EXPECT_NE(refusal([&] { add_middleware(name); }), "") << name;
  }
  for (const char* key : {"", "match", "respond", "redirect", "routes", "use"}) {
    EXPECT_NE(refusal([&] { add_terminal(key); }), "") << key;
  }
  EXPECT_TRUE(made_.middlewares.empty());
  EXPECT_TRUE(made_.terminals.empty());
}

TEST_F(RegistrarTest, RefusesEveryCommandOfCore) {
  for (const cli::Command& command : cli::commands()) {
    EXPECT_EQ(refusal([&] { registrar_.command(command.name, "", [](Args&) { return 0; }); }),
              "the command \"" + std::string(command.name) + "\" is one of Portico's own");
  }
  EXPECT_TRUE(made_.commands.empty());
}

TEST_F(RegistrarTest, RefusesFaultyRoutes) {
  EXPECT_NE(refusal([&] { add_route("get", "/"); }).find("\"get\""), std::string::npos);
  EXPECT_NE(refusal([&] { add_route("CONNECT", "/"); }), "");
  EXPECT_NE(refusal([&] { add_route("GET", "users"); }), "");
  EXPECT_NE(refusal([&] { add_route("GET", "/{id}/{id}"); }), "");
  EXPECT_NE(refusal([&] { add_route("GET", "/**/more"); }), "");
  EXPECT_NE(refusal([&] { registrar_.route("GET", "/", nullptr); }), "");
  EXPECT_TRUE(made_.routes.empty());
}

TEST_F(RegistrarTest, RefusesFaultyAnswersAndPermissions) {
  RouteSpec route = add_route("GET", "/");
  EXPECT_NE(refusal([&] { route.answers(99); }), "");
  EXPECT_NE(refusal([&] { route.answers(600); }), "");
  route.answers(200);
  EXPECT_NE(refusal([&] { route.answers(200); }), "");
  EXPECT_NE(refusal([&] { route.permission("Bookings"); }), "");
}

TEST_F(RegistrarTest, RefusesCommandsOfPorticosOwnAndTwice) {
  const auto add = [this](std::string_view name) {
    registrar_.command(name, "", [](Args&) { return 0; });
  };
  add("user");
  EXPECT_EQ(refusal([&] { add("user"); }), "the command \"user\" is registered twice");
  EXPECT_EQ(refusal([&] { add("check"); }), "the command \"check\" is one of Portico's own");
  EXPECT_NE(refusal([&] { add("Check"); }), "");
  EXPECT_NE(refusal([&] { registrar_.command("nothing", "", nullptr); }), "");
}

TEST_F(RegistrarTest, RefusesServicesWithoutVersionAndTwice) {
  int service = 0;
  registrar_.provide("thing/1", service);
  EXPECT_EQ(made_.services.front().service, &service);
  EXPECT_NE(refusal([&] { registrar_.provide("thing", service); }), "");
  EXPECT_EQ(refusal([&] { registrar_.provide("thing/1", service); }),
            "the service \"thing/1\" is provided twice");
}

TEST_F(RegistrarTest, RemembersAMisuseThatThePluginSwallowed) {
  EXPECT_EQ(state_.misuse, "");
  static_cast<void>(refusal([&] { registrar_.early(Callable<void(Response&)>()); }));
  static_cast<void>(refusal([&] { add_middleware("when"); }));
  EXPECT_EQ(state_.misuse, "an early function is empty");
}

}  // namespace
}  // namespace portico::plugin

// SPDX-License-Identifier: Apache-2.0
// Routes and chains as they are compiled: what runs where, and what only a whole chain shows.
#include "plugin/site.h"

#include "base/arena.h"
#include "http/request_state.h"
#include "plugin/edition.h"
#include "plugin/matching.h"
#include "unit/plugin/generation_fixture.h"

#include <gtest/gtest.h>

namespace portico::plugin {
namespace {

/// Brings middlewares of every kind, a terminal and a route.
class Kit final : public Plugin {
 public:
  struct Config {
    std::string by = "client";
    static void describe(Schema<Config>& s) {
      s.field("by", &Config::by, "What a rule with `by` inherits.").one_of({"client", "user"});
    }
  };
  struct By {
    std::string by = "client";
    static void describe(Schema<By>& s) {
      s.field("by", &By::by, "What is counted.")
          .one_of({"client", "user"})
          .inherit()
          .needs("identity", "user");
    }
  };
  struct Text {
    Template text;
    static void describe(Schema<Text>& s) {
      s.field("text", &Text::text, "A text.");
      s.shorthand("text");
    }
  };
  static constexpr Info info{"kit", "1.0.0", "Brings one of each"};

  Kit(const Config&, Host&) {}

  void setup(Registrar& r) override {
    const auto passes = [](const auto&) { return [](Request&) { return pass(); }; };
    r.middleware<NoSettings>("plain", passes);
    r.middleware<NoSettings>("lone", passes).single();
    r.middleware<NoSettings>("who", passes).gives("identity");
    r.middleware<By>("count", passes);
    r.middleware<Text>("text", passes);
    r.middleware<NoSettings>("picky", [](const NoSettings&) -> detail::Rule { throw 7; });
    r.terminal<Text>("say", [](const Text&) { return [](Request&) { return reply(Response()); }; });
    r.route("GET", "/things/{id}", [](Request&) { return Response(); });
    r.route("GET", "/", [](Request&) { return Response(); }).pool(Pool::Crypto);
    r.route("GET", "/own", [](Request&) { return Response(); }).behind("who").behind("count");
    r.route("GET", "/.well-known/kit", [](Request&) { return Response(); });
  }
};

class SiteTest : public test::GenerationTest {
 protected:
  SiteTest() { link<Kit>(); }

  void compile(std::string_view yaml) {
    problems_ = config::Problems();
    auto document =
        config::Document::parse(yaml, (folder_.path() / "portico.yaml").string(),
                                config::Environment(config::Environment::Variables()), problems_);
    edition_ = Edition::prepare(
        config::bind_settings(std::move(document), problems_),
        {.process = process_, .libraries = libraries_, .home = home_, .liveness = Liveness::Inert},
        problems_);
  }

  /// The middlewares and the terminal that a request passes.
  std::string chain(std::string_view method, std::string_view path) {
    base::Arena arena;
    http::RequestState request(arena);
    request.head.method = method;
    request.head.path = path;
    request.head.host = "localhost";
    const auto decision = edition_->site().table().find(RoutedRequest(request), arena);
    if (decision.kind != routing::Decision::Kind::Found) return "none";
    std::string text;
    for (const pipeline::Link& link : edition_->site().route(decision.route).chain.links) {
      text.append(link.middleware).append(" ");
    }
    return text + edition_->site().route(decision.route).terminal;
  }

  std::unique_ptr<Edition> edition_;
};

TEST_F(SiteTest, PutsTheGlobalChainBeforeTheRoutes) {
  compile(R"(plugins: {kit: {}}
use: [plain, lone]
routes:
  - {match: {path: /a}, use: [text: hi], respond: a}
  - {match: {path: /b}, skip: [plain], say: b}
  - {match: {path: /c}, use: [lone, plain], respond: c}
)");
  ASSERT_EQ(text(), "");
  EXPECT_EQ(chain("GET", "/a"), "plain lone text respond");
  EXPECT_EQ(chain("GET", "/b"), "lone say");
  EXPECT_EQ(chain("GET", "/c"), "plain lone plain respond");
  EXPECT_EQ(edition_->site().not_found().links.size(), 2U);
}

TEST_F(SiteTest, GivesRoutesThatHashThreadsOfTheirOwn) {
  pipeline::CryptoPool crypto(1);
  process_.crypto = &crypto;
  compile("plugins: {kit: {}}");
  ASSERT_EQ(text(), "");
  EXPECT_EQ(edition_->site().route(0).chain.terminal.workers, nullptr);
  EXPECT_EQ(edition_->site().route(1).chain.terminal.workers, &crypto.workers());
}

TEST_F(SiteTest, HashesOnTheUsualThreadsWhereThereAreNoOthers) {
  compile("plugins: {kit: {}}");
  ASSERT_EQ(text(), "");
  EXPECT_EQ(edition_->site().route(1).chain.terminal.workers, nullptr);
}

TEST_F(SiteTest, RunsOuterChainsFirstWhereRoutesAreNested) {
  compile(R"(plugins: {kit: {}}
routes:
  - match: {path: "/a/**"}
    use: [plain]
    routes:
      - {match: {path: /a/b}, use: [lone], respond: b}
      - {match: {path: "/a/**"}, respond: rest}
)");
  ASSERT_EQ(text(), "");
  EXPECT_EQ(chain("GET", "/a/b"), "plain lone respond");
  EXPECT_EQ(chain("GET", "/a/c"), "plain respond");
}

TEST_F(SiteTest, ServesAPluginsRoutesBelowItsMount) {
  compile("plugins: {kit: {mount: /k, use: [lone]}}\nuse: [plain]\n");
  ASSERT_EQ(text(), "");
  EXPECT_EQ(chain("GET", "/k/things/7"), "plain lone kit");
  EXPECT_EQ(chain("GET", "/k"), "plain lone kit");
  EXPECT_EQ(chain("GET", "/kit/things/7"), "none");
}

TEST_F(SiteTest, PutsAPluginsRouteBehindItsMiddlewaresInnermost) {
  compile("plugins: {kit: {use: [lone], by: user}}\nuse: [plain]\n");
  ASSERT_EQ(text(), "");
  EXPECT_EQ(chain("GET", "/kit/own"), "plain lone who count kit");
}

TEST_F(SiteTest, ServesWellKnownPathsAtTheRootToo) {
  compile("plugins: {kit: {mount: /k, use: [lone]}}\n");
  ASSERT_EQ(text(), "");
  EXPECT_EQ(chain("GET", "/.well-known/kit"), "lone kit");
  EXPECT_EQ(chain("GET", "/k/.well-known/kit"), "lone kit");
  compile("plugins: {kit: {mount: /}}\n");
  ASSERT_EQ(text(), "");
  EXPECT_EQ(chain("GET", "/.well-known/kit"), "kit");
}

TEST_F(SiteTest, RefusesWhatNeedsAFactThatNobodyGives) {
  compile(R"(plugins: {kit: {}}
use: [count: {by: user}]
routes:
  - {match: {path: /a}, use: [count: {by: user}, who], respond: a}
  - {match: {path: /b}, use: [who, count: {by: user}], respond: b}
)");
  EXPECT_EQ(text(),
            "portico.yaml:2:19: use[0].count.by: `user` needs the identity of the caller, and no "
            "middleware before this one gives it; put `who` before it\n"
            "portico.yaml:4:43: routes[0].use[0].count.by: `user` needs the identity of the "
            "caller, and no middleware before this one gives it; put `who` before it\n"
            "2 problems, nothing started.\n");
}

TEST_F(SiteTest, HoldsInheritedValuesToTheSameNeeds) {
  compile("plugins: {kit: {by: user}}\nroutes: [{match: {path: /a}, use: [count], respond: a}]\n");
  EXPECT_NE(text().find("needs the identity"), std::string::npos) << text();
}

TEST_F(SiteTest, KnowsTheNamesOfAPatternInTemplates) {
  compile(R"(plugins: {kit: {}}
routes:
  - {match: {path: "/a/{id}"}, use: [text: "{path.id}"], respond: "{path.id}"}
  - {match: {path: "/b/{id}"}, use: [text: "{path.name}"], respond: "{path.rest}"}
)");
  EXPECT_EQ(problems_.errors(), 2U) << text();
  EXPECT_NE(text().find("portico.yaml:4:"), std::string::npos) << text();
}

TEST_F(SiteTest, SuggestsTheMiddlewareAndTheTerminalThatWereMeant) {
  compile(R"(plugins: {kit: {}}
use: [plian]
routes: [{match: {path: /a}, sya: hello}]
)");
  EXPECT_EQ(text(),
            "portico.yaml:2:7: use[0]: no plugin brings a middleware `plian`; did you mean "
            "\"plain\"?\n"
            "portico.yaml:3:30: routes[0].sya: unknown key; did you mean \"say\"?\n"
            "2 problems, nothing started.\n");
}

TEST_F(SiteTest, ReportsAMakerThatThrows) {
  compile("plugins: {kit: {}}\nuse: [picky]\n");
  EXPECT_EQ(text(),
            "portico.yaml:2:7: use[0].picky: the plugin refused these settings: threw a value of "
            "type int; see the documentation of `picky`\n"
            "1 problem, nothing started.\n");
}

TEST_F(SiteTest, WarnsOfARouteThatIsNeverReached) {
  compile(R"(routes:
  - {match: {path: "/a/{id}"}, respond: a}
  - {match: {path: "/a/{name}", methods: [GET]}, respond: b}
  - {match: {path: "/a/{other}", methods: [GET]}, respond: c}
)");
  EXPECT_EQ(text(),
            "portico.yaml:4:5: warning: routes[2]: is never reached, because routes[1] matches the "
            "same requests; remove one of them, or match more narrowly\n"
            "1 warning.\n");
}

TEST_F(SiteTest, LeavesConditionsAndShadowsToTheChain) {
  compile(R"(plugins: {kit: {}}
use:
  - plain: {}
    mode: shadow
    when: {methods: [POST]}
routes: [{match: {path: /a}, respond: a}]
)");
  ASSERT_EQ(text(), "");
  const pipeline::Link& link = edition_->site().not_found().links[0];
  EXPECT_EQ(link.mode, pipeline::Mode::Shadow);
  base::Arena arena;
  http::RequestState request(arena);
  request.head.method = "GET";
  request.head.path = "/a";
  EXPECT_FALSE(link.when->holds(request));
  request.head.method = "POST";
  EXPECT_TRUE(link.when->holds(request));
}

}  // namespace
}  // namespace portico::plugin

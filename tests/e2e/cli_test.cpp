// SPDX-License-Identifier: Apache-2.0
// The command line as a script and a person meet it.
#include "e2e/gateway.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view Good = R"(routes:
  - match: {path: "/users/{id}", methods: [GET]}
    respond: "user {path.id}\n"
  - match: {path: "/users/me", headers: {X-Beta: "1"}}
    respond: "me\n"
  - match: {path: "/**"}
    respond: {status: 404, body: "nothing\n"}
)";

class CommandLine : public testing::Test {
 protected:
  Finished portico(std::vector<std::string> words) {
    return e2e::portico(std::move(words), folder_);
  }
  std::string file(std::string_view yaml) { return folder_.write("portico.yaml", yaml); }

  test::TemporaryFolder folder_;
};

TEST_F(CommandLine, HelpsOnTheWholeAndOnEachCommand) {
  const Finished help = portico({"--help"});
  EXPECT_EQ(help.code, 0);
  EXPECT_THAT(help.output, HasSubstr("Usage: portico COMMAND"));
  for (const std::string command :
       {"run", "check", "routes", "explain", "schema", "migrate", "plugin", "version"}) {
    EXPECT_THAT(help.output, HasSubstr("\n  " + command + " "));
    const Finished one = portico({command, "--help"});
    EXPECT_EQ(one.code, 0) << command;
    EXPECT_THAT(one.output, StartsWith("Usage: portico " + command)) << command;
  }
}

TEST_F(CommandLine, RefusesWhatItDoesNotKnow) {
  const Finished unknown = portico({"chekc"});
  EXPECT_EQ(unknown.code, 64);
  EXPECT_THAT(unknown.output, HasSubstr("did you mean `check`?"));
  EXPECT_EQ(portico({}).code, 64);
  EXPECT_EQ(portico({"check", "--jsno"}).code, 64);
  EXPECT_EQ(portico({"run", "extra"}).code, 64);
  EXPECT_EQ(portico({"plugin", "eat"}).code, 64);
  EXPECT_EQ(portico({"explain", "GET"}).code, 64);
  EXPECT_THAT(portico({"\033[31mred"}).output, Not(HasSubstr("\033[31mred")));
}

TEST_F(CommandLine, ChecksAGoodFile) {
  const Finished check = portico({"check", "-c", file(Good)});
  EXPECT_EQ(check.code, 0) << check.output;
  EXPECT_THAT(check.output, HasSubstr("portico.yaml: fine; 0 plugins, 3 routes"));
}

TEST_F(CommandLine, ReadsTheCertificatesOfListeners) {
  const std::string path = file(R"(listen:
  - address: "127.0.0.1:0"
    tls: {certificate: /nowhere/cert.pem, key: /nowhere/key.pem}
)");
  const Finished check = portico({"check", "-c", path});
  EXPECT_EQ(check.code, 78);
  EXPECT_THAT(check.output, HasSubstr(path + ":3:24: listen[0].tls.certificate: "
                                             "/nowhere/cert.pem: no such file\n"));
  EXPECT_THAT(check.output, HasSubstr("listen[0].tls.key: /nowhere/key.pem: no such file\n"));
}

TEST_F(CommandLine, TellsEveryProblemAtOnce) {
  const std::string path = file(R"(limit: {body_bytes: 1MiB}
log: {level: loud}
plugins: {absent: {}}
use: [absnet]
routes:
  - match: {pth: /a}
    respond: hello
  - match: {path: /b}
    respond: "{nothing.here}"
  - match: {path: /c}
    proxxy: nowhere
)");
  const Finished check = portico({"check", "-c", path});
  EXPECT_EQ(check.code, 78);
  EXPECT_THAT(check.output, HasSubstr(path + ":1:1: limit: unknown key; did you mean \"limits\"?"));
  EXPECT_THAT(check.output, HasSubstr(":2:"));
  EXPECT_THAT(check.output, HasSubstr("absent"));
  EXPECT_THAT(check.output, HasSubstr("did you mean \"path\"?"));
  EXPECT_THAT(check.output, HasSubstr("nothing.here"));
  EXPECT_THAT(check.output, Not(HasSubstr("\033[")));
  const Finished as_json = portico({"check", "--json", "-c", path});
  EXPECT_EQ(as_json.code, 78);
  EXPECT_THAT(as_json.output, StartsWith("{\"errors\":"));
}

TEST_F(CommandLine, PrintsRoutesInTheOrderOfPrecedence) {
  const Finished routes = portico({"routes", "-c", file(Good)});
  EXPECT_EQ(routes.code, 0);
  const std::size_t me = routes.output.find("/users/me");
  const std::size_t id = routes.output.find("/users/{id}");
  const std::size_t rest = routes.output.find("/**");
  EXPECT_LT(me, id) << routes.output;
  EXPECT_LT(id, rest) << routes.output;
  EXPECT_THAT(portico({"routes", "--json", "-c", file(Good)}).output, StartsWith("[\n"));
}

TEST_F(CommandLine, ExplainsWhichRouteServesARequest) {
  const std::string path = file(Good);
  const Finished by_id = portico({"explain", "GET", "/users/me", "-c", path});
  EXPECT_EQ(by_id.code, 0) << by_id.output;
  EXPECT_THAT(by_id.output, HasSubstr("the header X-Beta differs"));
  EXPECT_THAT(by_id.output, HasSubstr("{path.id} is me"));
  const Finished by_header =
      portico({"explain", "GET", "/users/me", "-H", "X-Beta: 1", "-c", path});
  EXPECT_THAT(by_header.output, HasSubstr("matches   * /users/me"));
  const Finished refused = portico({"explain", "POST", "/users/7", "-c", path});
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.output, HasSubstr("405: allowed are GET, HEAD"));
}

TEST_F(CommandLine, SaysWhenThereIsNoFile) {
  const Finished check = portico({"check", "-c", "absent.yaml"});
  EXPECT_EQ(check.code, 78);
  EXPECT_THAT(check.output, HasSubstr("absent.yaml"));
}

TEST_F(CommandLine, FindsTheFileOfTheFolder) {
  static_cast<void>(file(Good));
  EXPECT_EQ(portico({"check"}).code, 0);
}

TEST_F(CommandLine, NeverPrintsASecret) {
  const std::string path = file(R"(admin: {address: "0.0.0.0:0", token: hunter2hunter2hunter2}
secret: correcthorsebatterystaplecorrecthorse
routes: [{match: {path: /a}, respond: a}]
)");
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"check", "-c", path},
                                             {"routes", "--json", "-c", path},
                                             {"explain", "GET", "/a", "-c", path},
                                             {"schema"}}) {
    const Finished done = portico(words);
    EXPECT_THAT(done.output, Not(HasSubstr("hunter2")));
    EXPECT_THAT(done.output, Not(HasSubstr("correcthorse")));
  }
}

}  // namespace
}  // namespace portico::e2e

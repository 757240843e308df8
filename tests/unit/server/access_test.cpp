// SPDX-License-Identifier: Apache-2.0
// What the access log says of how requests end.
#include "services/log/access_log.h"
#include "unit/server/harness.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portico::server {
namespace {

using testing::HasSubstr;
using testing::Not;

class ServerAccess : public ServerTest {
 protected:
  void SetUp() override {
    site_->log_access(services::AccessFormat::Json);
    access_log_ = &access_;
  }
  /// Everything that was logged when the server has come to rest.
  std::string logged() {
    server_->stop();
    std::string all;
    for (std::string_view lines = access_.lines(); !lines.empty(); lines = access_.lines()) {
      all += lines;
      access_.taken(lines.size());
    }
    return all;
  }

  services::AccessLog access_{1, [] {}, log_};
};

TEST_F(ServerAccess, TellsOfARequestThatWasAnswered) {
  start();
  ask("GET /ok?a=b HTTP/1.1\r\nHost: Example.com:80\r\nUser-Agent: test\r\nCookie: c=SECRET\r\n"
      "Authorization: Bearer SECRET\r\n\r\n");
  const std::string line = logged();
  EXPECT_THAT(line, HasSubstr(R"("client":"127.0.0.1","method":"GET","path":"/ok","query":"a=b",)"
                              R"("host":"example.com","protocol":"HTTP/1.1","status":200,)"));
  EXPECT_THAT(line, HasSubstr(R"("user_agent":"test","referer":"","ended":"answered"})"));
  EXPECT_THAT(line, Not(HasSubstr("SECRET")));
}

TEST_F(ServerAccess, WritesThePathAsItWasReceived) {
  start();
  ask("GET /x/../%6fk HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(logged(), HasSubstr(R"("path":"/x/../%6fk","query":"")"));
}

TEST_F(ServerAccess, CountsTheBodyAlone) {
  site_->log_access(services::AccessFormat::Combined);
  start();
  ask(post("/echo", "hello"));
  EXPECT_THAT(logged(), HasSubstr("\"POST /echo HTTP/1.1\" 200 5 \"-\" \"-\""));
}

TEST_F(ServerAccess, Writes499ForAClientThatLeftBeforeItsAnswer) {
  start();
  {
    Client client = connect();
    client.send(get("/wait"));
    ASSERT_TRUE(eventually([this] { return server_->connections() == 1; }));
  }
  ASSERT_TRUE(eventually([this] { return !journal_.outcomes().empty(); }));
  EXPECT_THAT(logged(), HasSubstr(R"("status":499,)"));
}

TEST_F(ServerAccess, TellsOfWhatNoChainAnswered) {
  start();
  ask("GET /ok?a HTTP/1.1\r\nBad Field: x\r\n\r\n");
  const std::string line = logged();
  EXPECT_THAT(line, HasSubstr(R"("method":"GET","path":"/ok","query":"a","host":"",)"
                              R"("protocol":"HTTP/1.1","status":400,)"));
  EXPECT_THAT(line, HasSubstr(R"("ended":"refused","error":")"));
}

TEST_F(ServerAccess, ShowsNothingOfWhatIsNoRequestLine) {
  start();
  connect().send("Authorization: Bearer SECRET\r\n\r\n").read_all();
  const std::string line = logged();
  EXPECT_THAT(line, HasSubstr(R"("method":"","path":"","query":"")"));
  EXPECT_THAT(line, Not(HasSubstr("SECRET")));
}

TEST_F(ServerAccess, HasALineForEachRequestOfAConnection) {
  start();
  Client client = connect();
  client.send(get("/ok") + get("/nothing") + last_get("/ok")).read_all();
  const std::string text = logged();
  EXPECT_EQ(std::ranges::count(text, '\n'), 3);
  EXPECT_THAT(text, HasSubstr(R"("path":"/nothing","query":"","host":"example.com",)"
                              R"("protocol":"HTTP/1.1","status":404,)"));
}

TEST_F(ServerAccess, LeavesTheAdminAddressOut) {
  start();
  ask(get("/ok"), 1);
  EXPECT_EQ(logged(), "");
}

}  // namespace
}  // namespace portico::server

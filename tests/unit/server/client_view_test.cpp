// SPDX-License-Identifier: Apache-2.0
// What a chain is told of a client and of its request, and what it is not.
#include "unit/server/harness.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace portico::server {
namespace {

class ClientView : public ServerTest {
 protected:
  void trust_this_machine() {
    options_.trusted_proxies = {Cidr{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 0}, 104}};
  }
  /// A rule that tells which fields it sees.
  static Flow names(Request& request) {
    std::string names;
    for (std::size_t i = 0; i < request.headers().size(); ++i) {
      names.append(request.headers()[i].name).append(" ");
    }
    return text(names);
  }
  static Flow id(Request& request) { return text(request.id()); }
  std::string id_for(const std::string& given) {
    return body_of(ask("GET /id HTTP/1.1\r\nHost: a\r\nX-Request-Id: " + given + "\r\n\r\n"));
  }

 private:
  static Flow text(std::string_view body) {
    Response response;
    response.body(body, "text/plain");
    return reply(std::move(response));
  }
};

TEST_F(ClientView, TellsWhoTheClientIs) {
  trust_this_machine();
  start();
  ask(get("/ok"));
  ask("GET /ok HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 9.9.9.9, 192.0.2.7\r\n\r\n");
  ASSERT_TRUE(eventually([this] { return journal_.clients().size() == 2; }));
  EXPECT_EQ(journal_.clients(), (std::vector<std::string>{"127.0.0.1", "192.0.2.7"}));
}

TEST_F(ClientView, ShowsNothingThatSpeaksOfTheConnection) {
  site_->rule("/seen", names);
  trust_this_machine();
  start();
  const std::string answer =
      ask("GET /seen HTTP/1.1\r\nHost: a\r\nConnection: close, B, X-Forwarded-For, host\r\nA: 1\r\n"
          "B: 2\r\nTE: trailers\r\nX-Forwarded-For: 192.0.2.7\r\nKeep-Alive: timeout=5\r\n\r\n");
  EXPECT_EQ(body_of(answer), "Host A ");
  ASSERT_TRUE(eventually([this] { return journal_.clients().size() == 1; }));
  EXPECT_EQ(journal_.clients(), std::vector<std::string>{"192.0.2.7"});
}

// An upstream believes what it says, so nobody outside may say it: not under another spelling that
// CGI makes the same name of, and not by a proxy that is trusted with addresses either.
TEST_F(ClientView, ShowsNothingThatIsReserved) {
  site_->reserve("X-User-Id");
  site_->rule("/seen", names);
  trust_this_machine();
  start();
  EXPECT_EQ(body_of(ask("GET /seen HTTP/1.1\r\nHost: a\r\nX-User-Id: 1\r\nx_user-ID: 2\r\n"
                        "X-User-Ids: 3\r\nX.User.Id: 4\r\nConnection: close\r\n\r\n")),
            "Host X-User-Ids ");
}

TEST_F(ClientView, TakesTheIdThatATrustedProxyGave) {
  site_->rule("/id", id);
  trust_this_machine();
  start();
  EXPECT_EQ(id_for("abc-123"), "abc-123");
  EXPECT_EQ(id_for("not an id").size(), 32U);
  EXPECT_EQ(id_for(std::string(129, 'a')).size(), 32U);
}

TEST_F(ClientView, MakesAnIdForWhoIsNotTrusted) {
  site_->rule("/id", id);
  start();
  EXPECT_EQ(id_for("x").size(), 32U);
}

}  // namespace
}  // namespace portico::server

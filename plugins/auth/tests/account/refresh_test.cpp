// SPDX-License-Identifier: Apache-2.0
// Refreshing, logging out, and what ends with a session.
#include "account/site.h"

namespace portico::auth::test {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class Sessions : public ::testing::Test {
 public:
  Sessions() {
    site.enrol("ada@example.com");
    tokens = site.tokens("ada@example.com");
  }

  Site site;
  Tokens tokens;
};

TEST_F(Sessions, GoOnWithTheNextTokens) {
  site.gateway.advance(minutes(11));
  EXPECT_EQ(site.get("/private", tokens.access).status, Status::Unauthorized);
  const Reply next = site.refresh(tokens.refresh);
  ASSERT_EQ(next.status, Status::Ok) << next.body;
  EXPECT_EQ(site.get("/private", member(next.body, "access_token")).status, Status::Ok);
  EXPECT_NE(member(next.body, "refresh_token"), tokens.refresh);
  EXPECT_EQ(member(next.body, "session_id"), tokens.session);
}

TEST_F(Sessions, Attack76EndsTheFamilyWhenATokenIsShownAgain) {
  const Tokens other = site.tokens("ada@example.com");
  const std::string successor = member(site.refresh(tokens.refresh).body, "refresh_token");
  site.gateway.advance(seconds(11));
  const Reply reused = site.refresh(tokens.refresh);
  EXPECT_EQ(reused.status, Status::Unauthorized);
  EXPECT_EQ(code_of(reused), "refresh_reused");
  EXPECT_EQ(code_of(site.refresh(successor)), "session_expired");
  EXPECT_EQ(site.get("/private", tokens.access).status, Status::Unauthorized);
  EXPECT_EQ(site.refresh(other.refresh).status, Status::Ok);
  EXPECT_EQ(site.mails_about("session_ended_for_reuse"), 1U);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_audit_log WHERE action = 'refresh_reused'"), 1);
}

TEST_F(Sessions, Attack77GiveTheSameSuccessorToWhoeverComesWithinTheGrace) {
  const Reply first = site.refresh(tokens.refresh);
  const Reply second = site.refresh(tokens.refresh);
  EXPECT_EQ(second.status, Status::Ok);
  EXPECT_EQ(member(second.body, "refresh_token"), member(first.body, "refresh_token"));
  EXPECT_EQ(site.number("SELECT MAX(refresh_counter) FROM auth_sessions"), 1);
}

TEST_F(Sessions, Attack79AreNotRefreshedAfterALogout) {
  EXPECT_EQ(site.with_token("POST", "/auth/logout", tokens.access).status, Status::NoContent);
  EXPECT_EQ(code_of(site.refresh(tokens.refresh)), "session_expired");
}

TEST_F(Sessions, Attack36EndForEveryLoopBeforeTheAnswerToALogout) {
  ASSERT_EQ(site.get("/private", tokens.access).status, Status::Ok);
  site.with_token("POST", "/auth/logout", tokens.access);
  EXPECT_EQ(site.get("/private", tokens.access).status, Status::Unauthorized);
}

TEST_F(Sessions, Attack80RefuseTokensThatWereNotWrittenHere) {
  std::string flipped = tokens.refresh;
  flipped[10] = flipped[10] == 'A' ? 'B' : 'A';
  for (const std::string& token :
       {flipped, tokens.refresh.substr(0, 40), tokens.refresh + "A", std::string("garbage")}) {
    const Reply reply = site.refresh(token);
    EXPECT_EQ(reply.status, Status::Unauthorized) << token;
    EXPECT_EQ(code_of(reply), "refresh_invalid") << token;
  }
}

TEST_F(Sessions, Attack81TakeNeitherTokenInThePlaceOfTheOther) {
  EXPECT_EQ(site.get("/private", tokens.refresh).status, Status::Unauthorized);
  EXPECT_EQ(code_of(site.refresh(tokens.access)), "validation_failed");
}

TEST(ShortSessions, Attack82EndWhenTheyIdle) {
  Site site("sessions: {idle: 20m, absolute: 1h}");
  site.enrol("ada@example.com");
  const Tokens tokens = site.tokens("ada@example.com");
  site.gateway.advance(minutes(20) + seconds(1));
  EXPECT_EQ(code_of(site.refresh(tokens.refresh)), "session_expired");
}

TEST(ShortSessions, Attack82EndInTheEndWhateverHappens) {
  Site site("sessions: {idle: 20m, absolute: 1h}");
  site.enrol("ada@example.com");
  Tokens tokens = site.tokens("ada@example.com");
  for (int refreshed = 0; refreshed < 3; ++refreshed) {
    site.gateway.advance(minutes(19));
    const Reply reply = site.refresh(tokens.refresh);
    ASSERT_EQ(reply.status, Status::Ok);
    tokens.refresh = member(reply.body, "refresh_token");
  }
  site.gateway.advance(minutes(4));
  EXPECT_EQ(code_of(site.refresh(tokens.refresh)), "session_expired");
}

TEST_F(Sessions, Attack90ShowAndEndOnesOwnAlone) {
  site.enrol("eve@example.com");
  const Tokens eve = site.tokens("eve@example.com");
  const Reply list = site.get("/auth/sessions", eve.access);
  EXPECT_EQ(list.status, Status::Ok);
  EXPECT_NE(list.body.find(eve.session), std::string::npos);
  EXPECT_EQ(list.body.find(tokens.session), std::string::npos);
  EXPECT_EQ(site.with_token("DELETE", "/auth/sessions/" + tokens.session, eve.access).status,
            Status::NotFound);
  EXPECT_EQ(site.with_token("DELETE", "/auth/sessions/nonsense", eve.access).status,
            Status::NotFound);
  EXPECT_EQ(site.get("/private", tokens.access).status, Status::Ok);
}

TEST_F(Sessions, AreEndedOneByOne) {
  const Tokens other = site.tokens("ada@example.com");
  EXPECT_EQ(site.with_token("DELETE", "/auth/sessions/" + other.session, tokens.access).status,
            Status::NoContent);
  EXPECT_EQ(site.get("/private", other.access).status, Status::Unauthorized);
  EXPECT_EQ(site.get("/private", tokens.access).status, Status::Ok);
}

TEST_F(Sessions, AreEndedAllButThisOne) {
  const Tokens other = site.tokens("ada@example.com");
  EXPECT_EQ(site.with_token("DELETE", "/auth/sessions?except=current", tokens.access).status,
            Status::NoContent);
  EXPECT_EQ(site.get("/private", other.access).status, Status::Unauthorized);
  EXPECT_EQ(site.refresh(tokens.refresh).status, Status::Ok);
}

TEST_F(Sessions, AreEndedAllAtOnceAndLetTheUserInAgain) {
  const Tokens other = site.tokens("ada@example.com");
  EXPECT_EQ(site.with_token("POST", "/auth/logout?scope=global", tokens.access).status,
            Status::NoContent);
  EXPECT_EQ(site.get("/private", tokens.access).status, Status::Unauthorized);
  EXPECT_EQ(site.get("/private", other.access).status, Status::Unauthorized);
  EXPECT_EQ(site.get("/private", site.tokens("ada@example.com").access).status, Status::Ok);
}

TEST_F(Sessions, AreTwentyAtMost) {
  for (int i = 0; i < 20; ++i) {
    site.gateway.advance(seconds(1));
    site.tokens("ada@example.com");
  }
  EXPECT_EQ(site.get("/private", tokens.access).status, Status::Unauthorized);
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_sessions WHERE revoked_at IS NULL"), 20);
}

TEST_F(Sessions, Attack38EndNoLaterThanTheirTokenSaysWhateverWasCached) {
  ASSERT_EQ(site.get("/private", tokens.access).status, Status::Ok);
  site.gateway.advance(minutes(10) + seconds(31));
  EXPECT_EQ(site.get("/private", tokens.access).status, Status::Unauthorized);
}

TEST(CookieMode, Attack84SetsTheFlagsThatItShould) {
  Site site("delivery: cookie");
  site.enrol("ada@example.com");
  const Reply reply = site.login("ada@example.com");
  const std::string line = set_cookie_line(reply, "__Secure-rt");
  for (const char* flag : {"; Path=/auth", "; HttpOnly", "; Secure", "; SameSite=Strict"}) {
    EXPECT_NE(line.find(flag), std::string::npos) << flag << " in " << line;
  }
  EXPECT_EQ(line.find("Domain"), std::string::npos);
  EXPECT_EQ(reply.body.find("refresh_token"), std::string::npos);
  EXPECT_NE(member(reply.body, "access_token"), "");
}

TEST(CookieMode, Attack85RefreshesForPagesOfOursAlone) {
  Site site("delivery: cookie");
  site.enrol("ada@example.com");
  const Reply login = site.login("ada@example.com");
  const std::string cookie = "__Secure-rt=" + set_cookie(login, "__Secure-rt").value_or("");
  for (const char* from : {"cross-site", "same-site"}) {
    const Reply refused =
        site.post("/auth/refresh", "{}", {{"Cookie", cookie}, {"Sec-Fetch-Site", from}});
    EXPECT_EQ(refused.status, Status::Forbidden) << from;
    EXPECT_EQ(code_of(refused), "csrf_failed") << from;
  }
  EXPECT_EQ(site.post("/auth/refresh", "{}", {{"Cookie", cookie}}).status, Status::Forbidden);
  EXPECT_EQ(
      site.post("/auth/refresh", "{}", {{"Cookie", cookie}, {"Sec-Fetch-Site", "same-origin"}})
          .status,
      Status::Ok);
}

TEST(CookieMode, Attack86TakesNoTokenOfAnotherSession) {
  Site site("delivery: cookie");
  site.enrol("ada@example.com");
  const Reply mine = site.login("ada@example.com");
  const Reply other = site.login("ada@example.com");
  const std::string rt = "__Secure-rt=" + set_cookie(mine, "__Secure-rt").value_or("");
  const auto with = [&](const Reply& source) {
    const std::string csrf = set_cookie(source, "csrf").value_or("");
    return site
        .post("/auth/refresh", "{}", {{"Cookie", rt + "; csrf=" + csrf}, {"X-CSRF-Token", csrf}})
        .status;
  };
  EXPECT_EQ(with(other), Status::Forbidden);
  EXPECT_EQ(with(mine), Status::Ok);
}

TEST(CookieMode, Attack78TakesNoCookieBackFromTheLoserOfARace) {
  Site site("delivery: cookie");
  site.enrol("ada@example.com");
  const std::string cookie =
      "__Secure-rt=" + set_cookie(site.login("ada@example.com"), "__Secure-rt").value_or("");
  const auto again = [&] {
    return site.post("/auth/refresh", "{}",
                     {{"Cookie", cookie}, {"Sec-Fetch-Site", "same-origin"}});
  };
  again();
  site.gateway.advance(seconds(11));
  const Reply loser = again();
  EXPECT_EQ(code_of(loser), "refresh_reused");
  EXPECT_EQ(set_cookie_line(loser, "__Secure-rt"), "");
}

TEST(SessionMode, GivesNothingButACookieThatOpensARoute) {
  Site site("delivery: session");
  site.enrol("ada@example.com");
  const Reply reply = site.login("ada@example.com");
  EXPECT_EQ(reply.body.find("access_token"), std::string::npos) << reply.body;
  const std::string line = set_cookie_line(reply, "__Host-sid");
  for (const char* flag : {"; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax"}) {
    EXPECT_NE(line.find(flag), std::string::npos) << flag << " in " << line;
  }
  const std::string cookie = "__Host-sid=" + set_cookie(reply, "__Host-sid").value_or("");
  EXPECT_EQ(site.gateway.get("/private", {{"Cookie", cookie}}).body, "mine");
}

TEST(SessionMode, Attack83LetsNoCookieFromBeforeALoginLive) {
  Site site("delivery: session");
  site.enrol("ada@example.com");
  const std::string planted = "__Host-sid=planted";
  const Reply reply = site.login("ada@example.com", Password, {{"Cookie", planted}});
  EXPECT_NE(set_cookie(reply, "__Host-sid").value_or("planted"), "planted");
  EXPECT_EQ(site.gateway.get("/private", {{"Cookie", planted}}).status, Status::Unauthorized);
}

TEST(SessionMode, Attack83EndsTheCookieFromBeforeAStepUp) {
  Site site("delivery: session");
  site.enrol("ada@example.com");
  const std::string before =
      "__Host-sid=" + set_cookie(site.login("ada@example.com"), "__Host-sid").value_or("");
  site.gateway.advance(minutes(1));
  const Reply proof = site.post("/auth/reauthenticate", R"({"password":"correct horse battery"})",
                                {{"Cookie", before}, {"Sec-Fetch-Site", "same-origin"}});
  ASSERT_EQ(proof.status, Status::Ok) << proof.body;
  const std::string after = "__Host-sid=" + set_cookie(proof, "__Host-sid").value_or("");
  site.gateway.advance(seconds(31));
  EXPECT_EQ(site.gateway.get("/private", {{"Cookie", before}}).status, Status::Unauthorized);
  EXPECT_EQ(site.gateway.get("/private", {{"Cookie", after}}).status, Status::Ok);
}

TEST(SessionMode, EndsWithTheLogout) {
  Site site("delivery: session");
  site.enrol("ada@example.com");
  const std::string cookie =
      "__Host-sid=" + set_cookie(site.login("ada@example.com"), "__Host-sid").value_or("");
  ASSERT_EQ(site.gateway.get("/private", {{"Cookie", cookie}}).status, Status::Ok);
  const Reply out = site.gateway.request("POST", "/auth/logout",
                                         {{"Cookie", cookie}, {"Sec-Fetch-Site", "same-origin"}});
  EXPECT_EQ(out.status, Status::NoContent);
  EXPECT_NE(set_cookie_line(out, "__Host-sid").find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(site.gateway.get("/private", {{"Cookie", cookie}}).status, Status::Unauthorized);
}

}  // namespace
}  // namespace portico::auth::test

// SPDX-License-Identifier: Apache-2.0
// What nodes tell each other of sessions that have ended.
#include "account/revocation_news.h"

#include "account/site.h"

namespace portico::auth::test {
namespace {

using std::chrono::microseconds;

constexpr std::string_view Id = "0192f0c1-7a5e-7c3b-9d2e-5f6a7b8c9d0e";

TEST(RevocationNews, AreWrittenAndReadAgain) {
  for (const auto what : {Denial::What::Session, Denial::What::Subject}) {
    const Denial told{
        .what = what, .name = Id, .not_before = microseconds(5), .until = microseconds(7)};
    const std::string text = text_of(told);
    const auto read = denial_of(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(read->what, what);
    EXPECT_EQ(read->name, Id);
    EXPECT_EQ(read->not_before, microseconds(5));
    EXPECT_EQ(read->until, microseconds(7));
  }
}

TEST(RevocationNews, AreNothingWhereTheyAreNoneOfOurs) {
  const std::string id(Id);
  for (const std::string& text :
       {std::string(), std::string("session"), "session " + id, "session " + id + " 1",
        "session " + id + " 1 x", "session " + id + " -1 2", "session " + id + " 1 2 3",
        "sessions " + id + " 1 2", std::string("session nobody 1 2"), "user  " + id + " 1 2"}) {
    EXPECT_FALSE(denial_of(text)) << text;
  }
}

TEST(RevocationNews, AreToldWithALogout) {
  Site site("redis: shared");
  site.enrol("ada@example.com");
  const Tokens tokens = site.tokens("ada@example.com");
  site.with_token("POST", "/auth/logout", tokens.access);
  ASSERT_EQ(site.told.size(), 1U);
  EXPECT_TRUE(site.told[0].starts_with("session " + tokens.session)) << site.told[0];
}

TEST(RevocationNews, EndASessionThatAnotherNodeHasEnded) {
  Site site("redis: shared");
  site.enrol("ada@example.com");
  const Tokens tokens = site.tokens("ada@example.com");
  ASSERT_EQ(site.get("/private", tokens.access).status, Status::Ok);
  EXPECT_EQ(site.gateway.redis_message(RevocationNews::Channel,
                                       "session " + tokens.session + " 0 9000000000000000"),
            1U);
  EXPECT_EQ(site.get("/private", tokens.access).status, Status::Unauthorized);
}

TEST(RevocationNews, AreLookedForInTheDatabaseAfterALoss) {
  Site site("redis: shared");
  site.enrol("ada@example.com");
  const Tokens tokens = site.tokens("ada@example.com");
  site.gateway.redis("shared", Gateway::Reach::Away);
  site.change("UPDATE auth_sessions SET revoked_at = created_at, revoke_reason = 'elsewhere'");
  site.gateway.redis("shared", Gateway::Reach::Here);
  site.gateway.advance(std::chrono::seconds(1));
  EXPECT_EQ(site.get("/private", tokens.access).status, Status::Unauthorized);
}

}  // namespace
}  // namespace portico::auth::test

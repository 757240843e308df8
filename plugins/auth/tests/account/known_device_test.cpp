// SPDX-License-Identifier: Apache-2.0
// identity.md, case 70, from its other side: whom strangers do not keep out is somebody who has
// shown the password that is theirs now.
#include "account/site.h"

#include <crypt.h>

namespace portico::auth::test {
namespace {

using std::chrono::seconds;

constexpr std::string_view Email = "ada@example.com";
constexpr std::string_view Other = "another long password";

class KnownDevice : public ::testing::Test {
 public:
  KnownDevice() {
    site.enrol(Email);
    device = log_in(Password);
    site.gateway.advance(seconds(1));
  }

  /// The cookie that it sets; empty where it sets none.
  std::string log_in(std::string_view password, const std::string& cookie = {}) {
    const Reply reply = site.login(Email, password, {{"Cookie", cookie}});
    EXPECT_EQ(reply.status, Status::Ok) << reply.body;
    return cookie_of(reply);
  }
  static std::string cookie_of(const Reply& reply) {
    const auto value = set_cookie(reply, "__Host-device");
    return value ? "__Host-device=" + *value : std::string();
  }
  void reset_password() {
    site.post("/auth/password/forgot", R"({"email":"ada@example.com"})");
    const Reply reply =
        site.post("/auth/password/reset", R"({"token":")" + site.mail("reset_password").token() +
                                              R"(","password":")" + std::string(Other) + "\"}");
    ASSERT_EQ(reply.status, Status::NoContent) << reply.body;
    site.gateway.advance(seconds(1));
  }
  Reply change_password(const Tokens& tokens) {
    Reply reply = site.with_token(
        "POST", "/auth/me/password", tokens.access,
        R"({"current_password":"correct horse battery","password":"another long password"})");
    EXPECT_EQ(reply.status, Status::NoContent) << reply.body;
    site.gateway.advance(seconds(1));
    return reply;
  }
  /// What a device or a network is answered, with the right password, once strangers have failed up
  /// to the account's ceiling.
  Status among_strangers(const std::string& cookie, const std::string& address) {
    for (int i = 0; i < 100; ++i) {
      site.gateway.client_address("203.0." + std::to_string(i / 4) + ".9");
      site.login(Email, "wrong password");
    }
    site.gateway.client_address(address);
    return site.login(Email, Other, {{"Cookie", cookie}}).status;
  }

  static constexpr const char* Home = "192.0.2.1";
  static constexpr const char* Away = "198.51.100.3";
  Site site;
  std::string device;
};

TEST_F(KnownDevice, Attack70IsAStrangerAfterAReset) {
  reset_password();
  EXPECT_EQ(among_strangers(device, Away), Status::Unauthorized);
}

TEST_F(KnownDevice, Attack70IsAStrangerInItsNetworkAfterAReset) {
  reset_password();
  EXPECT_EQ(among_strangers("", Home), Status::Unauthorized);
}

TEST_F(KnownDevice, Attack70IsAStrangerAfterAChangeElsewhere) {
  const Tokens tokens = site.tokens(Email);
  change_password(tokens);
  EXPECT_EQ(among_strangers(device, Away), Status::Unauthorized);
}

TEST_F(KnownDevice, StaysSoWhereThePasswordIsChanged) {
  const Tokens tokens = site.tokens(Email);
  const std::string fresh = cookie_of(change_password(tokens));
  EXPECT_NE(fresh, device);
  EXPECT_EQ(among_strangers(fresh, Away), Status::Ok);
}

TEST_F(KnownDevice, IsSoAgainAfterALogin) {
  reset_password();
  const std::string fresh = log_in(Other, device);
  ASSERT_FALSE(fresh.empty()) << "the old cookie says nothing any more";
  EXPECT_EQ(log_in(Other, fresh), "");
  EXPECT_EQ(among_strangers(fresh, Away), Status::Ok);
}

TEST_F(KnownDevice, StaysSoWhereThePasswordIsHashedAnew) {
  site.keep_hash(::crypt(Password.data(), "$2y$04$abcdefghijklmnopqrstuu"));
  EXPECT_EQ(log_in(Password, device), "");
  EXPECT_EQ(site.number("SELECT COUNT(*) FROM auth_credentials WHERE secret LIKE '$argon2id$v=%'"),
            1);
  EXPECT_EQ(log_in(Password, device), "");
}

TEST_F(KnownDevice, IsTheOnlyOneThatNoMailTellsOf) {
  site.gateway.client_address(Away);
  log_in(Password, device);
  EXPECT_EQ(site.mails_about("new_device"), 1U);
  log_in(Password);
  EXPECT_EQ(site.mails_about("new_device"), 1U) << "from a network where it has been";
  site.gateway.client_address("203.0.113.77");
  log_in(Password);
  EXPECT_EQ(site.mails_about("new_device"), 2U);
}

TEST_F(KnownDevice, IsToldOfAsANewOneAfterAReset) {
  reset_password();
  log_in(Other, device);
  EXPECT_EQ(site.mails_about("new_device"), 2U) << "it may be that of whom the reset shut out";
  log_in(Other);
  EXPECT_EQ(site.mails_about("new_device"), 2U);
}

}  // namespace
}  // namespace portico::auth::test

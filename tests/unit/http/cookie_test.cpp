// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "http/cookie_signer.h"
#include "http/request_state.h"
#include <portico/cookie.h>

#include <stdexcept>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico {
namespace {

using namespace std::chrono_literals;

class CookieTest : public testing::Test {
 protected:
  CookieTest() { request_.cookie_signer = &signer_; }

  std::string set(const Cookie& cookie) {
    const base::ArenaScope scope(arena_);
    Response response;
    response.set_cookie(cookie);
    return std::string(response.headers().get("Set-Cookie").value_or(""));
  }
  std::string refusal(const Cookie& cookie) {
    try {
      set(cookie);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "none";
  }
  /// What a browser sends back.
  static std::string sent(const std::string& set) { return set.substr(0, set.find(';')); }
  std::string_view verified(const std::string& cookies, std::string_view name) {
    request_.fields.set("Cookie", cookies);
    return request_.signed_cookie(name).value_or("refused");
  }

  http::CookieSigner signer_{"a secret of some length, as good as any"};
  base::Arena arena_;
  http::RequestState request_{arena_};
};

TEST_F(CookieTest, ItsDefaultsAreThoseOfASession) {
  EXPECT_EQ(set({.name = "sid", .value = "7"}), "sid=7; Path=/; SameSite=Lax; Secure; HttpOnly");
}

TEST_F(CookieTest, SaysEverythingThatItIsTold) {
  EXPECT_EQ(set({.name = "a",
                 .value = "",
                 .path = "/x",
                 .domain = "example.com",
                 .max_age = 1h,
                 .same_site = SameSite::Strict,
                 .secure = false,
                 .http_only = false}),
            "a=; Path=/x; Domain=example.com; Max-Age=3600; SameSite=Strict");
  EXPECT_TRUE(set({.name = "a", .max_age = 0s}).find("Max-Age=0") != std::string::npos);
}

TEST_F(CookieTest, MakesThoseOfASessionThatNoOtherHostCanSet) {
  EXPECT_EQ(set({.name = "__Host-sid", .value = "7"}),
            "__Host-sid=7; Path=/; SameSite=Lax; Secure; HttpOnly");
  EXPECT_EQ(
      set({.name = "__Secure-rt", .value = "8", .path = "/auth", .same_site = SameSite::Strict}),
      "__Secure-rt=8; Path=/auth; SameSite=Strict; Secure; HttpOnly");
  EXPECT_EQ(set({.name = "__Host-sid", .max_age = 0s}),
            "__Host-sid=; Path=/; Max-Age=0; SameSite=Lax; Secure; HttpOnly");
}

TEST_F(CookieTest, HoldsAPrefixToItsPromiseHoweverItIsWritten) {
  for (const std::string_view name : {"__Host-sid", "__HOST-sid", "__Secure-sid", "__secure-sid"}) {
    EXPECT_NE(refusal({.name = name, .secure = false}), "none") << name;
  }
  for (const std::string_view name : {"__Host-sid", "__host-sid"}) {
    EXPECT_NE(refusal({.name = name, .path = "/auth"}), "none") << name;
    EXPECT_NE(refusal({.name = name, .domain = "example.com"}), "none") << name;
  }
}

TEST_F(CookieTest, SeveralStandBesideEachOther) {
  const base::ArenaScope scope(arena_);
  Response response;
  response.set_cookie({.name = "a", .value = "1"});
  response.set_cookie({.name = "b", .value = "2"});
  EXPECT_EQ(response.headers().size(), 2U);
}

TEST_F(CookieTest, RefusesWhatNoBrowserWouldKeep) {
  EXPECT_EQ(refusal({.name = "a b"}), "the cookie \"a b\" has a name that is no token");
  for (const std::string_view value :
       {"a b", "a;b", "a,b", "a\"b", "a\\b", "a\r\nX: y", "\xC3\xA9"}) {
    EXPECT_NE(refusal({.name = "a", .value = value}), "none") << value;
  }
  EXPECT_NE(refusal({.name = "a", .path = "/;x"}), "none");
  EXPECT_NE(refusal({.name = "a", .domain = "a\r\nb"}), "none");
  EXPECT_NE(refusal({.name = "a", .same_site = SameSite::None, .secure = false}), "none");
  EXPECT_NE(refusal({.name = "__Secure-a", .secure = false}), "none");
  EXPECT_NE(refusal({.name = "__Host-a", .domain = "example.com"}), "none");
  EXPECT_NE(refusal({.name = "__Host-a", .path = "/x"}), "none");
  EXPECT_EQ(refusal({.name = "__Host-a"}), "none");
}

TEST_F(CookieTest, KnowsWhatItHasSigned) {
  const std::string cookie = sent(set({.name = "sid", .value = "ada.7", .sign = true}));
  EXPECT_EQ(cookie.size(), std::string_view("sid=ada.7.").size() + 43);
  EXPECT_EQ(verified("x=y; " + cookie, "sid"), "ada.7");
}

TEST_F(CookieTest, RefusesWhatSomebodyChanged) {
  const std::string cookie = sent(set({.name = "sid", .value = "ada", .sign = true}));
  for (std::size_t at = 4; at < cookie.size(); ++at) {
    std::string changed = cookie;
    changed[at] = changed[at] == 'x' ? 'y' : 'x';
    EXPECT_EQ(verified(changed, "sid"), "refused") << at;
  }
  EXPECT_EQ(verified("other" + cookie.substr(3), "other"), "refused") << "signed for another name";
  EXPECT_EQ(verified("sid=ada", "sid"), "refused");
  EXPECT_EQ(verified("sid=" + std::string(43, 'A'), "sid"), "refused");
  EXPECT_EQ(verified(cookie + "x", "sid"), "refused");
  EXPECT_EQ(verified("x=y", "sid"), "refused");
}

TEST_F(CookieTest, AnotherSecretRefusesIt) {
  const std::string cookie = sent(set({.name = "sid", .value = "ada", .sign = true}));
  const http::CookieSigner other("another secret of the same length.....");
  request_.cookie_signer = &other;
  EXPECT_EQ(verified(cookie, "sid"), "refused");
}

TEST_F(CookieTest, SigningNeedsARequest) {
  Response response;
  EXPECT_THROW(response.set_cookie({.name = "a", .sign = true}), std::logic_error);
}

}  // namespace
}  // namespace portico

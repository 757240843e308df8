// SPDX-License-Identifier: Apache-2.0
// identity.md, cases 92 to 99.
#include "session/one_time_tokens.h"

#include "jose/base64url.h"
#include "store/tables.h"

#include <atomic>
#include <utility>

namespace portico::auth::test {
namespace {

using Kind = Shown::Kind;

TEST(OneTimeSecret, IsReadInOneSpelling) {
  const std::string text = one_time::token_of(bytes<32>(0x12345678));
  EXPECT_EQ(text.size(), 48U);
  EXPECT_EQ(one_time::digest_of_token(text), sha256(bytes<32>(0x12345678)));
  EXPECT_FALSE(one_time::digest_of_token(text.substr(0, 47)));
  EXPECT_FALSE(one_time::digest_of_token(text + "A"));
  EXPECT_FALSE(one_time::digest_of_token(std::string(48, '=')));
}

TEST(OneTimeSecret, OfGarbageDiesBeforeTheDatabase) {
  std::string text = one_time::token_of(bytes<32>(0x12345678));
  for (char& letter : text) {
    const char before = std::exchange(letter, letter == 'A' ? 'B' : 'A');
    EXPECT_FALSE(one_time::digest_of_token(text));
    letter = before;
  }
}

TEST(OneTimeSecret, IsACodeThatPeopleCanType) {
  EXPECT_EQ(one_time::code_of(bytes<5>(0)), "00000000");
  EXPECT_EQ(one_time::code_of(bytes<5>(0xffffffff)), "ZZZZZZZZ");
  EXPECT_EQ(one_time::read_code("olI2-abcd "), "0112ABCD");
  for (const std::string_view wrong : {"", "1234567", "123456789", "1234567U", "1234567\xc3\xa4"}) {
    EXPECT_FALSE(one_time::read_code(wrong)) << wrong;
  }
}

TEST(OneTimeSecret, IsACodeForOnePurposeAndOnePerson) {
  const auto key = bytes<32>(1);
  const auto of = [&](Purpose purpose, std::string_view whom) {
    return one_time::digest_of_code(key, purpose, whom, "01234567");
  };
  EXPECT_EQ(of(Purpose::OtpLogin, "a"), of(Purpose::OtpLogin, "a"));
  EXPECT_NE(of(Purpose::OtpLogin, "a"), of(Purpose::OtpLogin, "b"));
  EXPECT_NE(of(Purpose::OtpLogin, "a"), of(Purpose::VerifyEmail, "a"));
  EXPECT_NE(of(Purpose::OtpLogin, "a"),
            one_time::digest_of_code(bytes<32>(2), Purpose::OtpLogin, "a", "01234567"));
}

class OneTimeTokens : public Tables {
 public:
  void make(Purpose purpose, unsigned secret, std::optional<NewOneTimeToken::Code> code = {}) {
    write([&](Transaction& db) {
      one_time::make(db,
                     {.id = id(),
                      .purpose = purpose,
                      .user_id = ada,
                      .digest = digest(secret),
                      .code = code,
                      .payload = R"({"n":1})",
                      .expires = now + 30min},
                     now);
    });
  }
  static Digest digest(unsigned secret) { return sha256(bytes<32>(secret)); }
  Shown consume(Purpose purpose, unsigned secret, Time at) {
    return write(
        [&](Transaction& db) { return one_time::consume(db, purpose, digest(secret), at); });
  }
  Shown try_code(unsigned code, Time at) {
    const one_time::CodeTry given{Purpose::VerifyEmail, one_time::CodeTry::By::User, ada,
                                  digest(code)};
    return write([&](Transaction& db) { return one_time::consume_code(db, given, at); });
  }
  void make_with_code() {
    make(Purpose::VerifyEmail, 1, NewOneTimeToken::Code{digest(100), now + 10min});
  }

  const std::string ada = add_user();
};
INSTANTIATE_TEST_SUITE_P(On, OneTimeTokens, BothEngines, engine_name);

TEST_P(OneTimeTokens, AreGoodOnce) {
  make(Purpose::Reset, 1);
  const Shown shown = consume(Purpose::Reset, 1, now);
  EXPECT_EQ(shown.kind, Kind::Good);
  EXPECT_EQ(shown.user_id, ada);
  EXPECT_EQ(shown.payload, R"({"n":1})");
  EXPECT_EQ(consume(Purpose::Reset, 1, now).kind, Kind::Used);
}

TEST_P(OneTimeTokens, AreGoodForOneOfAHundred) {
  make(Purpose::Reset, 1);
  std::atomic<int> good = 0;
  std::atomic<int> used = 0;
  parallel(100, [&](std::size_t) {
    const Shown shown = consume(Purpose::Reset, 1, now);
    good += shown.good();
    used += shown.kind == Kind::Used;
  });
  EXPECT_EQ(good, 1);
  EXPECT_EQ(used, 99);
}

TEST_P(OneTimeTokens, ExpireToTheMicrosecond) {
  make(Purpose::Reset, 1);
  EXPECT_EQ(consume(Purpose::Reset, 1, now + 30min).kind, Kind::Expired);
  EXPECT_EQ(consume(Purpose::Reset, 1, now + 30min - 1us).kind, Kind::Good);
}

TEST_P(OneTimeTokens, AreGoodForOnePurpose) {
  make(Purpose::Reset, 1);
  EXPECT_EQ(consume(Purpose::VerifyEmail, 1, now).kind, Kind::Unknown);
  EXPECT_EQ(consume(Purpose::Reset, 2, now).kind, Kind::Unknown);
  EXPECT_EQ(consume(Purpose::Reset, 1, now).kind, Kind::Good);
}

TEST_P(OneTimeTokens, GiveWayToTheNewest) {
  make(Purpose::Reset, 1);
  make(Purpose::Reset, 2);
  EXPECT_EQ(consume(Purpose::Reset, 1, now).kind, Kind::Unknown);
  EXPECT_EQ(consume(Purpose::Reset, 2, now).kind, Kind::Good);
  make(Purpose::Reset, 3);
  EXPECT_EQ(consume(Purpose::Reset, 3, now).kind, Kind::Good) << "one after a used one, too";
}

TEST_P(OneTimeTokens, AreOneHoweverManyAreAskedForAtOnce) {
  std::vector<std::string> ids;
  ids.reserve(20);
  for (int i = 0; i < 20; ++i) ids.push_back(id());
  parallel(20, [&](std::size_t i) {
    write([&](Transaction& db) {
      one_time::make(db,
                     {.id = ids[i],
                      .purpose = Purpose::VerifyEmail,
                      .user_id = ada,
                      .digest = digest(static_cast<unsigned>(i)),
                      .expires = now + 1h},
                     now);
    });
  });
  EXPECT_EQ(number("SELECT COUNT(*) FROM auth_one_time_tokens"), 1);
}

TEST_P(OneTimeTokens, StandBesideEachOtherWhereEachIsTheWayBack) {
  make(Purpose::EmailUndo, 1);
  make(Purpose::EmailUndo, 2);
  EXPECT_EQ(consume(Purpose::EmailUndo, 1, now).kind, Kind::Good);
  EXPECT_EQ(consume(Purpose::EmailUndo, 2, now).kind, Kind::Good);
}

TEST_P(OneTimeTokens, AreNotConsumedByALook) {
  make(Purpose::Reset, 1);
  const auto look = [&](Time at) {
    return read([&](Reader& db) { return one_time::look(db, Purpose::Reset, digest(1), at); });
  };
  EXPECT_EQ(look(now).kind, Kind::Good);
  EXPECT_EQ(look(now + 1h).kind, Kind::Expired);
  EXPECT_EQ(consume(Purpose::Reset, 1, now).kind, Kind::Good);
  EXPECT_EQ(look(now).kind, Kind::Used);
}

TEST_P(OneTimeTokens, MayBeTypedAsACode) {
  make_with_code();
  EXPECT_EQ(try_code(99, now).kind, Kind::Wrong);
  const Shown shown = try_code(100, now);
  EXPECT_EQ(shown.kind, Kind::Good);
  EXPECT_EQ(shown.user_id, ada);
  EXPECT_EQ(try_code(100, now).kind, Kind::Used);
  EXPECT_EQ(consume(Purpose::VerifyEmail, 1, now).kind, Kind::Used) << "the link, too";
}

TEST_P(OneTimeTokens, HaveACodeForAShorterTime) {
  make_with_code();
  EXPECT_EQ(try_code(100, now + 10min).kind, Kind::Expired);
  EXPECT_EQ(consume(Purpose::VerifyEmail, 1, now + 10min).kind, Kind::Good);
}

TEST_P(OneTimeTokens, HaveACodeForFiveTries) {
  make_with_code();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(try_code(99, now).kind, Kind::Wrong);
  EXPECT_EQ(try_code(100, now).kind, Kind::Exhausted);
  EXPECT_EQ(consume(Purpose::VerifyEmail, 1, now).kind, Kind::Good) << "nobody guesses the link";
}

TEST_P(OneTimeTokens, HaveACodeForFiveTriesAlsoAtOnce) {
  make_with_code();
  std::atomic<int> wrong = 0;
  parallel(20, [&](std::size_t) { wrong += try_code(99, now).kind == Kind::Wrong; });
  EXPECT_EQ(wrong, 5);
}

TEST_P(OneTimeTokens, AreBoundToAFlowWhereThereIsOne) {
  write([&](Transaction& db) {
    one_time::make(db,
                   {.id = id(),
                    .purpose = Purpose::OtpLogin,
                    .flow_id = "flow",
                    .digest = digest(1),
                    .code = NewOneTimeToken::Code{digest(100), now + 10min},
                    .expires = now + 10min},
                   now);
  });
  const auto try_flow = [&](std::string_view flow) {
    const one_time::CodeTry given{Purpose::OtpLogin, one_time::CodeTry::By::Flow, flow,
                                  digest(100)};
    return write([&](Transaction& db) { return one_time::consume_code(db, given, now); }).kind;
  };
  EXPECT_EQ(try_flow("other"), Kind::Unknown);
  EXPECT_EQ(try_flow("flow"), Kind::Good);
}

TEST_P(OneTimeTokens, AreWithdrawnButForTheWayBack) {
  make(Purpose::Reset, 1);
  make(Purpose::EmailUndo, 2);
  write([&](Transaction& db) { one_time::withdraw(db, ada); });
  EXPECT_EQ(consume(Purpose::Reset, 1, now).kind, Kind::Unknown);
  EXPECT_EQ(consume(Purpose::EmailUndo, 2, now).kind, Kind::Good);
}

TEST_P(OneTimeTokens, AreDeletedInPortions) {
  make(Purpose::EmailUndo, 1);
  make(Purpose::EmailUndo, 2);
  const auto purge = [&](Time before) {
    return write([&](Transaction& db) { return one_time::purge(db, before, 1); });
  };
  EXPECT_EQ(purge(now), 0U);
  EXPECT_EQ(purge(now + 1h), 1U);
  EXPECT_EQ(purge(now + 1h), 1U);
  EXPECT_EQ(purge(now + 1h), 0U);
}

// identity.md, case 156.
TEST_P(OneTimeTokens, AreNotInTheTable) {
  make_with_code();
  const std::int64_t secrets =
      number("SELECT COUNT(*) FROM auth_one_time_tokens WHERE digest = $1", {bytes<32>(1)});
  EXPECT_EQ(secrets, 0);
}

}  // namespace
}  // namespace portico::auth::test

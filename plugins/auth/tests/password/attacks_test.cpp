// SPDX-License-Identifier: Apache-2.0
// The attacks on passwords that the specification numbers, as far as hashes and rules answer them.
#include "password/password_rules.h"
#include "password/passwords.h"
#include "password/stored_hash.h"

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

namespace portico::auth {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Cost Cheap{LeastMemory, 1, 1};
/// KiB.
long peak_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(Attack53, PasswordsOfMoreThan512BytesAreRefusedWithoutHashing) {
  // A hash at this cost takes the better part of a second.
  const Passwords passwords(Cost{MostMemory, MostPasses, 1});
  const std::string stored =
      "$argon2id$v=19$m=131072,t=10,p=1$c29tZXNhbHRzb21lc2FsdA$"
      "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  const auto begin = std::chrono::steady_clock::now();
  for (const std::size_t size : {std::size_t{513}, std::size_t{1024} * 1024}) {
    const std::string password(size, 'x');
    EXPECT_THAT(weaknesses(password, {}), ElementsAre(Weakness::Length));
    EXPECT_THROW(static_cast<void>(passwords.hash(password)), std::length_error);
    EXPECT_EQ(passwords.verify(stored, password), Verdict::Wrong);
    passwords.verify_decoy(password);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(500));
}

TEST(Attack54, HundredAndTwentyEightCodePointsOfFourBytesAreAPassword) {
  std::string password;
  for (char32_t i = 0; i < 128; ++i) {
    password += "\xF0\x9F\x90";
    password += static_cast<char>(0x80 + i % 64);
  }
  ASSERT_EQ(password.size(), MostPasswordBytes);
  EXPECT_THAT(weaknesses(password, {}), IsEmpty());
  const Passwords passwords(Cheap);
  EXPECT_EQ(passwords.verify(passwords.hash(password), password), Verdict::Right);
}

TEST(Attack55, PasswordsThatDifferAtByte73AreTwo) {
  const std::string start(72, 'a');
  const Passwords passwords(Cheap);
  EXPECT_EQ(passwords.verify(passwords.hash(start + "b"), start + "c"), Verdict::Wrong);
}

TEST(Attack55, TheUpgradeOfABcryptHashTakesTheWholePassword) {
  const std::string ours =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
      "chars after 72 are ignored";
  const std::string imported = "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui";
  const Passwords passwords(Cheap);
  ASSERT_EQ(passwords.verify(imported, ours), Verdict::Right);
  ASSERT_TRUE(passwords.outdated(imported));
  const std::string upgraded = passwords.hash(ours);
  EXPECT_EQ(passwords.verify(upgraded, ours), Verdict::Right);
  EXPECT_EQ(passwords.verify(upgraded, ours.substr(0, 72)), Verdict::Wrong);
}

TEST(Attack56, SpacesAroundAPasswordAreOfIt) {
  const Passwords passwords(Cheap);
  const std::string hash = passwords.hash(" correct horse ");
  EXPECT_EQ(passwords.verify(hash, " correct horse "), Verdict::Right);
  EXPECT_EQ(passwords.verify(hash, "correct horse"), Verdict::Wrong);
  EXPECT_EQ(passwords.verify(hash, "correct horse "), Verdict::Wrong);
}

TEST(Attack57, ComposedAndDecomposedLettersAreTwoPasswords) {
  const Passwords passwords(Cheap);
  const std::string composed = "cr\xC3\xA8me brul\xC3\xA9";
  const std::string decomposed = "cre\xCC\x80me brule\xCC\x81";
  EXPECT_EQ(passwords.verify(passwords.hash(composed), decomposed), Verdict::Wrong);
  EXPECT_EQ(passwords.verify(passwords.hash(composed), composed), Verdict::Right);
}

TEST(Attack58, PasswordsOfTheTopOfTheListAreWeak) {
  for (const char* const password :
       {"password", "12345678", "123456789", "qwerty123", "Password1!", "P@ssw0rd!", "iloveyou",
        "sunshine", "trustno1", "1q2w3e4r", "abcd1234", "football1", "Summer2024!", "11111111"}) {
    EXPECT_THAT(weaknesses(password, {}), ElementsAre(Weakness::Common)) << password;
  }
}

TEST(Attack58, PasswordsWithTheSitesNameOrTheOwnAddressAreWeak) {
  const PasswordRules rules{.words = {"Portico"}};
  const std::vector<std::string> own = own_words("Gunnar.Larsson@example.com");
  EXPECT_THAT(weaknesses("xk7-PORTICO-q2v9", rules, own), ElementsAre(Weakness::Context));
  EXPECT_THAT(weaknesses("xk7gunnar.larssonq2v9", rules, own), ElementsAre(Weakness::Context));
  EXPECT_THAT(weaknesses("portico1", rules, own), ElementsAre(Weakness::Common, Weakness::Context));
  EXPECT_THAT(weaknesses("P0rtic0!", rules, own), Contains(Weakness::Common));
  EXPECT_THAT(weaknesses("xk7-granite-q2v9", rules, own), IsEmpty());
}

TEST(Attack60, HashesThatAskForTooMuchAreRefusedAtImportAndUnusable) {
  const Passwords passwords(Cheap);
  const long before = peak_memory();
  for (const char* const cost :
       {"m=4194304,t=2,p=1", "m=19456,t=1000,p=1", "m=19456,t=2,p=255", "m=4294967295,t=2,p=1",
        "m=99999999999999999999,t=2,p=1", "m=131073,t=1,p=1", "m=131072,t=4294967295,p=1"}) {
    const std::string hash = "$argon2id$v=19$" + std::string(cost) +
                             "$c29tZXNhbHRzb21lc2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApl8ArZWb2GRPPc";
    EXPECT_EQ(fault_of_stored_hash(hash), HashFault::OutOfBounds) << cost;
    EXPECT_EQ(passwords.verify(hash, "password"), Verdict::Unusable) << cost;
    EXPECT_TRUE(passwords.outdated(hash)) << cost;
  }
  EXPECT_LT(peak_memory() - before, 4096) << "no memory was taken";
}

TEST(Attack61, MalformedHashesAreUnusable) {
  const Passwords passwords(Cheap);
  const std::string good =
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
  ASSERT_EQ(passwords.verify(good, "password"), Verdict::Right);
  for (const std::string_view bad :
       {"$argon2id$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=18$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$t=2,m=256,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=0256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=+256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1,k=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHR=$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZX NhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHR$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR_uIPnA4rEsF5h7TKyQwu9U1bMCHGi_4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4\n",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZX\370hbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ",
        "$argon2id$v=19$",
        "$argon2id$",
        "$argon2id",
        "$2b$",
        "$2b$05$",
        "$5$",
        "$6$rounds=",
        "$6$$",
        "$pbkdf2-sha256$",
        "$pbkdf2-sha512$i=",
        "pbkdf2_sha256$",
        "$",
        ""}) {
    EXPECT_EQ(passwords.verify(bad, "password"), Verdict::Unusable) << bad;
    EXPECT_TRUE(passwords.outdated(bad)) << bad;
  }
  EXPECT_EQ(passwords.verify(std::string(1 << 20, '$'), "password"), Verdict::Unusable);
}

TEST(Attack62, AnUpgradedHashIsNotUpgradedAgain) {
  const Passwords old(Cheap);
  const Passwords now(Cost{LeastMemory, 2, 1});
  const std::string stored = old.hash("correct horse");
  ASSERT_EQ(now.verify(stored, "correct horse"), Verdict::Right);
  ASSERT_TRUE(now.outdated(stored));
  const std::string upgraded = now.hash("correct horse");
  EXPECT_FALSE(now.outdated(upgraded));
  EXPECT_EQ(now.verify(upgraded, "correct horse"), Verdict::Right);
}

TEST(Attack63, BcryptHashesOfEachKindVerifyAndAreToBeUpgraded) {
  const Passwords passwords(Cheap);
  for (const char* const minor : {"$2a$", "$2b$", "$2y$"}) {
    const std::string hash =
        std::string(minor) + "05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    EXPECT_EQ(passwords.verify(hash, "U*U"), Verdict::Right) << minor;
    EXPECT_EQ(passwords.verify(hash, "U*V"), Verdict::Wrong) << minor;
    EXPECT_TRUE(passwords.outdated(hash)) << minor;
    EXPECT_FALSE(passwords.outdated(passwords.hash("U*U"))) << minor;
  }
}

}  // namespace
}  // namespace portico::auth

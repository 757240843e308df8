// SPDX-License-Identifier: Apache-2.0
#include "password/stored_hash.h"

#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace portico::auth {
namespace {

using enum HashFault;

constexpr std::string_view Salt = "c29tZXNhbHRzb21lc2FsdA";
constexpr std::string_view Tag = "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHApl8ArZWb2GRPPc";

std::string argon2(std::string_view costs, std::string_view salt = Salt,
                   std::string_view tag = Tag) {
  std::string text = "$argon2id$v=19$";
  return text.append(costs).append("$").append(salt).append("$").append(tag);
}

TEST(StoredHash, AcceptsArgon2UpToItsBounds) {
  EXPECT_EQ(fault_of_stored_hash(argon2("m=131072,t=10,p=4")), std::nullopt);
  EXPECT_EQ(fault_of_stored_hash(argon2("m=8,t=1,p=1")), std::nullopt);
  EXPECT_EQ(fault_of_stored_hash(argon2("m=131073,t=1,p=1")), OutOfBounds);
  EXPECT_EQ(fault_of_stored_hash(argon2("m=19456,t=11,p=1")), OutOfBounds);
  EXPECT_EQ(fault_of_stored_hash(argon2("m=19456,t=2,p=5")), OutOfBounds);
  EXPECT_EQ(fault_of_stored_hash(argon2("m=19456,t=0,p=1")), OutOfBounds);
  EXPECT_EQ(fault_of_stored_hash(argon2("m=19456,t=2,p=0")), OutOfBounds);
  EXPECT_EQ(fault_of_stored_hash(argon2("m=31,t=2,p=4")), OutOfBounds);
}

TEST(StoredHash, BoundsTheLengthsOfSaltAndTag) {
  const std::string eight = "AAAAAAAAAAA";
  EXPECT_EQ(fault_of_stored_hash(argon2("m=256,t=1,p=1", eight)), std::nullopt);
  EXPECT_EQ(fault_of_stored_hash(argon2("m=256,t=1,p=1", "AAAAAAAAAA")), OutOfBounds);
  EXPECT_EQ(fault_of_stored_hash(argon2("m=256,t=1,p=1", Salt, eight)), OutOfBounds);
  const std::string sixty_four = std::string(85, 'A') + "A";
  EXPECT_EQ(fault_of_stored_hash(argon2("m=256,t=1,p=1", sixty_four, sixty_four)), std::nullopt);
  EXPECT_EQ(fault_of_stored_hash(argon2("m=256,t=1,p=1", Salt, sixty_four + "A")), OutOfBounds);
}

TEST(StoredHash, KnowsTheKindsThatAreReadAndNoOthers) {
  EXPECT_EQ(fault_of_stored_hash(""), Unknown);
  EXPECT_EQ(fault_of_stored_hash("secret"), Unknown);
  EXPECT_EQ(fault_of_stored_hash("$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/"), Unknown);
  EXPECT_EQ(fault_of_stored_hash("$argon2d$v=19$m=256,t=2,p=1$c29tZXNhbHQ$AAAA"), Unknown);
  EXPECT_EQ(fault_of_stored_hash("$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
            Unknown);
  EXPECT_EQ(fault_of_stored_hash("$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317"), Unknown);
}

TEST(StoredHash, BoundsTheCostOfBcrypt) {
  const auto bcrypt = [](std::string_view cost) {
    return "$2b$" + std::string(cost) + "$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
  };
  EXPECT_EQ(fault_of_stored_hash(bcrypt("04")), std::nullopt);
  EXPECT_EQ(fault_of_stored_hash(bcrypt("14")), std::nullopt);
  EXPECT_EQ(fault_of_stored_hash(bcrypt("15")), OutOfBounds);
  EXPECT_EQ(fault_of_stored_hash(bcrypt("99")), OutOfBounds);
  EXPECT_EQ(fault_of_stored_hash(bcrypt("03")), Malformed);
  EXPECT_EQ(fault_of_stored_hash(bcrypt("5$")), Malformed);
  EXPECT_EQ(fault_of_stored_hash(bcrypt("05") + "A"), Malformed);
}

TEST(StoredHash, BoundsTheRoundsOfShaCrypt) {
  const auto sha = [](std::string_view middle) {
    return "$5$" + std::string(middle) + "$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5";
  };
  EXPECT_EQ(fault_of_stored_hash(sha("saltstring")), std::nullopt);
  EXPECT_EQ(fault_of_stored_hash(sha("rounds=1000000$saltstring")), std::nullopt);
  EXPECT_EQ(fault_of_stored_hash(sha("rounds=1000001$saltstring")), OutOfBounds);
  EXPECT_EQ(fault_of_stored_hash(sha("rounds=99999999999999$saltstring")), OutOfBounds);
  EXPECT_EQ(fault_of_stored_hash(sha("rounds=999$saltstring")), Malformed);
  EXPECT_EQ(fault_of_stored_hash(sha("rounds=$saltstring")), Malformed);
  EXPECT_EQ(fault_of_stored_hash(sha("")), Malformed);
  EXPECT_EQ(fault_of_stored_hash(sha("seventeenletters_")), Malformed);
  EXPECT_EQ(fault_of_stored_hash(sha("salt string")), Malformed);
}

TEST(StoredHash, BoundsTheRoundsOfPbkdf2) {
  const auto pbkdf2 = [](std::string_view rounds) {
    return "$pbkdf2-sha256$" + std::string(rounds) + "$TmFDbA$" + std::string(Tag);
  };
  EXPECT_EQ(fault_of_stored_hash(pbkdf2("i=2000000")), std::nullopt);
  EXPECT_EQ(fault_of_stored_hash(pbkdf2("i=2000000,l=32")), std::nullopt);
  EXPECT_EQ(fault_of_stored_hash(pbkdf2("2000000")), std::nullopt);
  EXPECT_EQ(fault_of_stored_hash(pbkdf2("i=2000001")), OutOfBounds);
  EXPECT_EQ(fault_of_stored_hash(pbkdf2("i=0")), Malformed);
  EXPECT_EQ(fault_of_stored_hash(pbkdf2("i=-1")), Malformed);
  EXPECT_EQ(fault_of_stored_hash(pbkdf2("i=1000,l=31")), Malformed);
  EXPECT_EQ(fault_of_stored_hash(pbkdf2("i=1000,l=")), Malformed);
  EXPECT_EQ(fault_of_stored_hash("pbkdf2_sha256$2000001$salt$" + std::string(Tag) + "="),
            OutOfBounds);
  EXPECT_EQ(fault_of_stored_hash("pbkdf2_sha256$1000$salt$" + std::string(Tag)), Malformed);
  EXPECT_EQ(fault_of_stored_hash("pbkdf2_sha256$1000$$" + std::string(Tag) + "="), Malformed);
}

TEST(StoredHash, SaysWhyInASentenceWithoutTheHash) {
  EXPECT_EQ(sentence(OutOfBounds),
            "the hash would cost more than a login may; let its owner choose a new password");
}

}  // namespace
}  // namespace portico::auth

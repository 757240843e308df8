// SPDX-License-Identifier: Apache-2.0
// Hashes that other programs have made, with their passwords.
#include "password/passwords.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::auth {
namespace {

struct Import {
  const char* kind;
  const char* hash;
  const char* password;
};

class Imported : public testing::TestWithParam<Import> {};

TEST_P(Imported, IsVerifiedAndOutdated) {
  const Passwords passwords;
  const std::string password = GetParam().password;
  EXPECT_EQ(passwords.verify(GetParam().hash, password), Verdict::Right);
  EXPECT_EQ(passwords.verify(GetParam().hash, "x" + password), Verdict::Wrong);
  EXPECT_EQ(passwords.verify(GetParam().hash, ""), Verdict::Wrong);
  EXPECT_TRUE(passwords.outdated(GetParam().hash));
}

const Import Imports[] = {
    // crypt_blowfish, as its authors test it.
    {"Bcrypt2a", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U"},
    {"Bcrypt2aLonger", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK", "U*U*"},
    {"Bcrypt2y", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U"},
    {"Bcrypt2b", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U"},
    // The specification of SHA-crypt, and OpenSSL.
    {"Sha256Crypt", "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5", "Hello world!"},
    {"Sha512Crypt",
     "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCo"
     "EOfaS35inz1",
     "Hello world!"},
    {"Sha256CryptWithRounds",
     "$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA",
     "Hello world!"},
    {"Sha512CryptWithRounds",
     "$6$rounds=1500$abcdefgh$vfOiEVas1pb/"
     "iYGwFekBfUAdumUIaN20V/ei244q9prNl0XK8U5VzAuoTGElhI4VipKjaCo/CEIrKgZhdeFUN/",
     "Hello world!"},
    // RFC 7914, the others by Python's hashlib.
    {"Pbkdf2Sha256", "$pbkdf2-sha256$i=80000$TmFDbA$TdzY9guYviGDDO5e8icB+WQaRBjQTAQUrv8Ih2s0q1Y",
     "Password"},
    {"Pbkdf2Sha512",
     "$pbkdf2-sha512$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$38DzhdBT7fPaUGBlsh42VTuuKSFAIYGZJ7l6feCDLIl+"
     "K3hdPFgxxu7xuUi4gIuH6cEIoODn18xH9Ig2ryNgUw",
     "password"},
    {"Passlib",
     "$pbkdf2-sha256$6400$0ZrzXitFSGltTQnBWOsdYw$f1qhN9YsPiA.FWAKgBg.Zbb3eu4rJdCMOZr6RaDOADY",
     "password"},
    {"Django",
     "pbkdf2_sha256$27000$seasalt2$KA+zg+EZuWrIgl6+Yp5Gii6k+eg51Qd5NIfmXkYAuGs=", "l\xC3\xA8tmein"},
    {"Argon2i",
     "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8",
     "password"},
};

INSTANTIATE_TEST_SUITE_P(FromElsewhere, Imported, testing::ValuesIn(Imports),
                         [](const auto& test) { return std::string(test.param.kind); });

TEST(Imports, KnowNoPasswordBehindANul) {
  const std::string hash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
  EXPECT_EQ(Passwords().verify(hash, std::string("U*U\0tail", 8)), Verdict::Wrong);
}

TEST(Imports, AnswerAPasswordThatCryptDoesNotTake) {
  const std::string sha = "$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5";
  EXPECT_EQ(Passwords().verify(sha, std::string(512, 'a')), Verdict::Wrong);
}

}  // namespace
}  // namespace portico::auth

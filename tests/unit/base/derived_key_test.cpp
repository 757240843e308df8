// SPDX-License-Identifier: Apache-2.0
#include "base/derived_key.h"

#include "base/hex.h"

#include <span>
#include <string>

#include <gtest/gtest.h>

namespace portico::base {
namespace {

std::string text_of(const Digest& digest) { return hex(std::as_bytes(std::span(digest))); }

// RFC 4231, test case 2.
TEST(DerivedKey, AuthenticatesAsTheStandardSays) {
  const std::string key = "Jefe";
  const std::span bytes(reinterpret_cast<const unsigned char*>(key.data()), key.size());
  EXPECT_EQ(text_of(authenticate(bytes, "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

// RFC 5869, test case 3, shortened to 32 bytes: no salt, no info.
TEST(DerivedKey, DerivesAsTheStandardSays) {
  const std::string secret(22, '\x0b');
  const std::span bytes(reinterpret_cast<const unsigned char*>(secret.data()), secret.size());
  Digest key;
  ASSERT_TRUE(derive_key(bytes, "", key));
  EXPECT_EQ(text_of(key), "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

TEST(DerivedKey, EveryLabelGivesAnotherKey) {
  const Digest secret{};
  Digest one;
  Digest two;
  ASSERT_TRUE(derive_key(secret, "one", one));
  ASSERT_TRUE(derive_key(secret, "two", two));
  EXPECT_NE(one, two);
}

}  // namespace
}  // namespace portico::base

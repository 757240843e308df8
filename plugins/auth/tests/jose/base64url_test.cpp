// SPDX-License-Identifier: Apache-2.0
#include "jose/base64url.h"

#include "unit/allocations.h"

#include <array>
#include <cstddef>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace portico::auth {
namespace {

TEST(Base64url, WritesTheVectorsOfRfc4648WithoutPadding) {
  EXPECT_EQ(base64url::encode(""), "");
  EXPECT_EQ(base64url::encode("f"), "Zg");
  EXPECT_EQ(base64url::encode("fo"), "Zm8");
  EXPECT_EQ(base64url::encode("foo"), "Zm9v");
  EXPECT_EQ(base64url::encode("foob"), "Zm9vYg");
  EXPECT_EQ(base64url::encode("fooba"), "Zm9vYmE");
  EXPECT_EQ(base64url::encode("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64url::encode("\xFB\xFF\xFE"), "-__-");
}

TEST(Base64url, ReadsBackWhatItWrote) {
  std::mt19937 random(7);  // NOLINT: the same bytes every time
  for (std::size_t size = 0; size < 300; ++size) {
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    EXPECT_EQ(base64url::decode(base64url::encode(bytes)), bytes) << size;
  }
}

TEST(Base64url, HasOneSpellingForEachSequenceOfBytes) {
  constexpr std::string_view Alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (const char a : Alphabet) {
    for (const char b : Alphabet) {
      for (const std::string& text :
           {std::string{a, b}, std::string{a, b, a}, std::string{a, a, b, a}}) {
        const auto bytes = base64url::decode(text);
        EXPECT_EQ(bytes ? base64url::encode(*bytes) : text, text);
      }
    }
  }
}

TEST(Base64url, RefusesWhatIsNotCanonical) {
  for (const char* const text :
       {"Z", "Zm9vY", "Zh", "Zm9", "Zm9=", "Zg==", "Zg=", "Z=g=", "Zm 8", "Zm8\n", "\tZm8", "Zm+v",
        "Zm/v", "Zm\xC3\xA9", "Zm9v.", "Zm9vZ==="}) {
    EXPECT_EQ(base64url::decode(text), std::nullopt) << text;
  }
  EXPECT_EQ(base64url::decode(std::string_view("Zm\0v", 4)), std::nullopt);
}

TEST(Base64url, DecodesIntoABufferThatIsLargeEnough) {
  std::array<char, 6> buffer{};
  EXPECT_EQ(base64url::decode("Zm9vYmFy", buffer), 6U);
  EXPECT_EQ(std::string_view(buffer.data(), buffer.size()), "foobar");
  EXPECT_EQ(base64url::decode("Zm9vYmFyYg", buffer), std::nullopt);
}

TEST(Base64url, DecodesIntoABufferWithoutAllocating) {
  std::array<char, 64> buffer{};
  const std::size_t before = allocations();
  EXPECT_TRUE(base64url::decode("Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFy", buffer));
  EXPECT_EQ(allocations(), before);
}

}  // namespace
}  // namespace portico::auth

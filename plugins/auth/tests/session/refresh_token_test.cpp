// SPDX-License-Identifier: Apache-2.0
#include "session/refresh_token.h"

#include "jose/base64url.h"
#include "store/tables.h"

#include <limits>
#include <stdexcept>

namespace portico::auth::test {
namespace {

const RefreshTokens::MasterKey First{1, bytes<32>(0x11223344)};
const RefreshTokens::MasterKey Second{2, bytes<32>(0x55667788)};
const RefreshTokens Tokens({First});
const uuid::Bytes Session = bytes<16>(0xa1b2c3d4);

/// The bytes of a token, changed, with a checksum that fits: anybody can make that.
template <class Change>
[[nodiscard]] std::string forged(std::string_view token, Change change) {
  std::string bytes = *base64url::decode(token);
  bytes.resize(bytes.size() - 4);
  change(bytes);
  const Digest sum = sha256(std::as_bytes(std::span(bytes)));
  bytes.append(reinterpret_cast<const char*>(sum.data()), 4);
  return base64url::encode(bytes);
}

void flip_bit(std::string& bytes, std::size_t bit) {
  bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
}

TEST(RefreshToken, IsReadAsItWasWritten) {
  for (const std::uint64_t counter :
       {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128}, std::uint64_t{1'000'000},
        std::uint64_t{std::numeric_limits<std::int64_t>::max()}}) {
    const RefreshToken token{Session, counter, 1};
    EXPECT_EQ(Tokens.parse(Tokens.write(token)), token) << counter;
  }
  EXPECT_EQ(Tokens.write({Session, 0, 1}).size(), 52U);
}

TEST(RefreshToken, IsAFunctionOfSessionAndCounter) {
  EXPECT_EQ(Tokens.write({Session, 7, 1}), Tokens.write({Session, 7, 1}));
  EXPECT_NE(Tokens.write({Session, 7, 1}), Tokens.write({Session, 8, 1}));
}

// identity.md, case 80.
TEST(RefreshToken, IsRefusedWithAnyBitFlipped) {
  const std::string token = Tokens.write({Session, 300, 1});
  const std::string bytes = *base64url::decode(token);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const auto flip = [&](std::string& changed) {
      if (bit / 8 < changed.size()) flip_bit(changed, bit);
    };
    std::string plain = bytes;
    flip_bit(plain, bit);
    EXPECT_FALSE(Tokens.parse(base64url::encode(plain))) << bit;
    if (bit / 8 < bytes.size() - 4) {
      EXPECT_FALSE(Tokens.parse(forged(token, flip))) << bit;
    }
  }
}

TEST(RefreshToken, IsRefusedCutOrStretched) {
  const std::string token = Tokens.write({Session, 300, 1});
  for (std::size_t size = 0; size < token.size(); ++size) {
    EXPECT_FALSE(Tokens.parse(std::string_view(token).substr(0, size))) << size;
  }
  for (const std::string_view more : {"A", "=", "AAAA", " ", "\n"}) {
    EXPECT_FALSE(Tokens.parse(token + std::string(more)));
  }
  EXPECT_FALSE(Tokens.parse(std::string(1'000'000, 'A')));
}

TEST(RefreshToken, IsRefusedForAnotherSessionOrCounter) {
  const std::string token = Tokens.write({Session, 5, 1});
  EXPECT_FALSE(Tokens.parse(forged(token, [](std::string& b) { flip_bit(b, 24); })));
  EXPECT_FALSE(Tokens.parse(forged(token, [](std::string& b) { b[17] = 6; })));
}

TEST(RefreshToken, HasOneSpellingOfItsCounter) {
  const std::string token = Tokens.write({Session, 5, 1});
  EXPECT_FALSE(Tokens.parse(forged(token, [](std::string& b) {
    b[17] = static_cast<char>(0x85);
    b.insert(18, 1, '\0');
  })));
}

// identity.md, case 156: what stands in the database makes no token.
TEST(RefreshToken, NeedsTheMasterKey) {
  const RefreshTokens others({{1, bytes<32>(0x99999999)}});
  EXPECT_FALSE(Tokens.parse(others.write({Session, 5, 1})));
}

TEST(RefreshToken, IsStillReadWhenAnotherKeyWritesNewOnes) {
  const RefreshTokens both({Second, First});
  EXPECT_EQ(both.newest_key(), 2);
  EXPECT_TRUE(both.parse(Tokens.write({Session, 5, 1})));
  EXPECT_FALSE(Tokens.parse(both.write({Session, 5, 2}))) << "the key is not there";
}

TEST(RefreshToken, RefusesKeysThatCannotBeToldApart) {
  EXPECT_THROW(RefreshTokens({}), std::logic_error);
  EXPECT_THROW(RefreshTokens({First, First}), std::logic_error);
}

}  // namespace
}  // namespace portico::auth::test

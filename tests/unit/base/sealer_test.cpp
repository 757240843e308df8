// SPDX-License-Identifier: Apache-2.0
#include "base/sealer.h"

#include "base/hex.h"

#include <array>
#include <set>
#include <span>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace portico::base {
namespace {

class SealerTest : public testing::Test {
 protected:
  Sealer sealer_{[] { return std::string("a secret of thirty-two characters"); }};
  Sealer other_{[] { return std::string("another one, of the same quality!"); }};
};

TEST_F(SealerTest, OpensWhatItSealed) {
  for (const std::string& plain : {std::string(), std::string("a"), std::string(10'000, '\0')}) {
    EXPECT_EQ(sealer_.unseal("keys", sealer_.seal("keys", plain)), plain);
  }
}

TEST_F(SealerTest, WritesWhatFitsATextColumn) {
  const std::string sealed = sealer_.seal("keys", "a private key");
  EXPECT_EQ(sealed.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                     "0123456789-_"),
            std::string::npos);
  EXPECT_EQ(sealer_.seal("keys", "").size(), 39U);
}

TEST_F(SealerTest, NeverWritesTheSameTwice) {
  std::set<std::string> all;
  for (int i = 0; i < 100; ++i) all.insert(sealer_.seal("keys", "the same"));
  EXPECT_EQ(all.size(), 100U);
}

TEST_F(SealerTest, OpensNothingForAnotherPurpose) {
  EXPECT_EQ(sealer_.unseal("codes", sealer_.seal("keys", "a")), std::nullopt);
}

TEST_F(SealerTest, OpensNothingOfAnotherSecret) {
  EXPECT_EQ(other_.unseal("keys", sealer_.seal("keys", "a")), std::nullopt);
}

TEST_F(SealerTest, OpensNothingThatWasChangedAnywhere) {
  const std::string sealed = sealer_.seal("keys", "a private key");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(sealer_.unseal("keys", changed), std::nullopt) << i;
    EXPECT_EQ(sealer_.unseal("keys", sealed.substr(0, i)), std::nullopt) << i;
  }
  EXPECT_EQ(sealer_.unseal("keys", sealed + "AAAA"), std::nullopt);
}

TEST_F(SealerTest, DerivesOneKeyForEachPurpose) {
  const auto key = [](Sealer& sealer, std::string_view purpose) {
    std::array<unsigned char, 48> bytes{};
    sealer.derive(purpose, bytes);
    return hex(std::as_bytes(std::span(bytes)));
  };
  EXPECT_EQ(key(sealer_, "audit"), key(sealer_, "audit"));
  EXPECT_NE(key(sealer_, "audit"), key(sealer_, "cache"));
  EXPECT_NE(key(sealer_, "audit"), key(other_, "audit"));
}

TEST(Sealer, AsksForItsSecretAgainUntilThereIsOne) {
  int asked = 0;
  Sealer sealer([&asked]() -> std::string {
    if (++asked == 1) throw std::runtime_error("not yet");
    return "a secret of thirty-two characters";
  });
  EXPECT_EQ(asked, 0);
  EXPECT_THROW(static_cast<void>(sealer.seal("keys", "a")), std::runtime_error);
  EXPECT_EQ(sealer.unseal("keys", sealer.seal("keys", "a")), "a");
  EXPECT_EQ(asked, 2);
}

}  // namespace
}  // namespace portico::base

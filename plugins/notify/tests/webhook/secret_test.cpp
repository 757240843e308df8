// SPDX-License-Identifier: Apache-2.0
#include "webhook/secret.h"

#include "webhook/base64.h"
#include "webhook/key_pair.h"

#include <cstring>
#include <new>
#include <string>

#include <gtest/gtest.h>

namespace portico::notify::webhook {
namespace {

std::string shared_text(std::size_t bytes) { return "whsec_" + base64(std::string(bytes, 'k')); }

TEST(Secret, KeepsItsText) {
  for (const char* const text :
       {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6K"
        "vg=="}) {
    const auto read = Secret::parse(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(read->text(), text);
  }
}

TEST(Secret, TellsItsPublicHalf) {
  const auto pair = Secret::parse(
      "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg"
      "==");
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair->kind(), Secret::Kind::KeyPair);
  EXPECT_EQ(pair->public_text(), "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=");
  EXPECT_EQ(Secret::generate().public_text(), "");
}

TEST(Secret, IsNeitherShortNorLong) {
  EXPECT_FALSE(Secret::parse(shared_text(23)));
  EXPECT_TRUE(Secret::parse(shared_text(24)));
  EXPECT_TRUE(Secret::parse(shared_text(64)));
  EXPECT_FALSE(Secret::parse(shared_text(65)));
  EXPECT_FALSE(Secret::parse("whsec_" + std::string(100000, 'A')));
}

TEST(Secret, RefusesWhatIsNotCanonical) {
  const std::string good = shared_text(25);
  ASSERT_TRUE(Secret::parse(good));
  ASSERT_TRUE(good.ends_with("=="));
  EXPECT_FALSE(Secret::parse(good.substr(0, good.size() - 2)));
  EXPECT_FALSE(Secret::parse(good.substr(0, good.size() - 1)));
  EXPECT_FALSE(Secret::parse(good + "===="));
  EXPECT_FALSE(Secret::parse(good + "\n"));
  EXPECT_FALSE(Secret::parse("whsec_    " + good.substr(6)));
  std::string loose = good;
  loose[loose.size() - 3] = static_cast<char>(loose[loose.size() - 3] + 1);  // Idle bits set.
  EXPECT_FALSE(Secret::parse(loose));
  std::string url = good;
  url[10] = '-';
  EXPECT_FALSE(Secret::parse(url));
}

TEST(Secret, RefusesAnotherKind) {
  const std::string bytes = base64(std::string(32, 'k'));
  for (const std::string& text : {bytes, "whpk_" + bytes, "WHSEC_" + bytes, "whsk_" + bytes,
                                  std::string("whsec_"), std::string()}) {
    EXPECT_FALSE(Secret::parse(text)) << text;
  }
}

TEST(Secret, RefusesAPublicHalfOfAnother) {
  const std::string key(KeySize, 'k');
  EXPECT_TRUE(Secret::parse("whsk_" + base64(key + public_key_of(key))));
  EXPECT_FALSE(Secret::parse("whsk_" + base64(key + public_key_of(std::string(KeySize, 'l')))));
}

TEST(Secret, IsNewEachTime) {
  for (const auto kind : {Secret::Kind::Shared, Secret::Kind::KeyPair}) {
    const Secret one = Secret::generate(kind);
    EXPECT_EQ(one.bytes().size(), 32U);
    EXPECT_NE(one.text(), Secret::generate(kind).text());
    const auto read = Secret::parse(one.text());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->kind(), kind);
    EXPECT_EQ(read->bytes(), one.bytes());
  }
}

TEST(Secret, IsWipedAtItsEnd) {
  alignas(Secret) unsigned char room[sizeof(Secret)];
  auto* const secret = new (room) Secret(Secret::parse(shared_text(40)).value());
  const auto holds_it = [&room] {
    return std::string_view(reinterpret_cast<const char*>(room), sizeof(room)).find("kkkk") !=
           std::string_view::npos;
  };
  EXPECT_TRUE(holds_it());
  secret->~Secret();
  EXPECT_FALSE(holds_it());
}

}  // namespace
}  // namespace portico::notify::webhook

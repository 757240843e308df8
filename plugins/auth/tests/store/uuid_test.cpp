// SPDX-License-Identifier: Apache-2.0
#include "shared/uuid.h"

#include "store/digest.h"
#include "store/tables.h"

namespace portico::auth::test {
namespace {

TEST(Uuid, IsReadInOneSpelling) {
  constexpr std::string_view Text = "0192f0c1-7a5e-7c3b-9d2e-5f6a7b8c9d0e";
  const auto read = uuid::parse(Text);
  ASSERT_TRUE(read);
  EXPECT_EQ(uuid::text_of(*read), Text);
  for (const std::string_view wrong :
       {"", "0192F0C1-7a5e-7c3b-9d2e-5f6a7b8c9d0e", "0192f0c1-7a5e-7c3b-9d2e-5f6a7b8c9d0",
        "0192f0c17-a5e-7c3b-9d2e-5f6a7b8c9d0e", "0192f0c1-7a5e-7c3b-9d2e-5f6a7b8c9d0g",
        "'192f0c1-7a5e-7c3b-9d2e-5f6a7b8c9d0e", "0192f0c1-7a5e-7c3b-9d2e-5f6a7b8c9d0e "}) {
    EXPECT_FALSE(uuid::parse(wrong)) << wrong;
  }
}

TEST(Digest, DerivesKeysAsTheStandardSays) {
  // RFC 5869, test case 3: no salt, no info; its first 32 bytes.
  const std::array<std::byte, 22> master = [] {
    std::array<std::byte, 22> made{};
    made.fill(std::byte{0x0b});
    return made;
  }();
  const Digest key = expand(extract(master), {});
  constexpr std::array<unsigned char, 8> Begin{0x8d, 0xa4, 0xe7, 0x75, 0xa5, 0x63, 0xc1, 0x8f};
  for (std::size_t i = 0; i < Begin.size(); ++i) EXPECT_EQ(key[i], std::byte{Begin[i]});
}

TEST(Digest, TellsFieldsApartWhereverTheyAreCut) {
  const auto of = [](std::string_view a, std::string_view b) {
    return sha256(Fields().text(a).text(b).view());
  };
  EXPECT_NE(of("ab", "c"), of("a", "bc"));
  EXPECT_NE(of("a1:b", ""), of("a", "b"));
  EXPECT_NE(sha256(Fields().text("").view()), sha256(Fields().nothing().view()));
  EXPECT_NE(sha256(Fields().text("7").view()), sha256(Fields().number(7).view()));
}

}  // namespace
}  // namespace portico::auth::test

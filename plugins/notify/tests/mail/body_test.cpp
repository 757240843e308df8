// SPDX-License-Identifier: Apache-2.0
#include "mail/body.h"

#include "mail/base64.h"
#include "mail/decoding.h"
#include "mail/quoted_printable.h"

#include <array>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using mail::encode_body;
using mail::quoted_printable;
using mail::with_crlf;

TEST(Base64, MatchesTheVectorsOfTheRfc) {
  EXPECT_EQ(mail::base64(""), "");
  EXPECT_EQ(mail::base64("f"), "Zg==");
  EXPECT_EQ(mail::base64("fo"), "Zm8=");
  EXPECT_EQ(mail::base64("foo"), "Zm9v");
  EXPECT_EQ(mail::base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(mail::base64("\xfb\xff\xfe"), "+//+");
}

TEST(Base64, BreaksLinesAt76) {
  EXPECT_EQ(mail::base64_lines(""), "");
  EXPECT_EQ(mail::base64_lines(std::string(57, '\0')), std::string(76, 'A') + "\r\n");
  EXPECT_EQ(mail::base64_lines(std::string(58, '\0')), std::string(76, 'A') + "\r\nAA==\r\n");
}

TEST(Body, EndsEveryLineTheSame) {
  EXPECT_EQ(with_crlf(""), "");
  EXPECT_EQ(with_crlf("a"), "a\r\n");
  EXPECT_EQ(with_crlf("a\nb\rc\r\nd\n\re\r\r\nf"), "a\r\nb\r\nc\r\nd\r\n\r\ne\r\n\r\nf\r\n");
  EXPECT_EQ(with_crlf("\n.\n"), "\r\n.\r\n");
  EXPECT_EQ(with_crlf("\r.\r"), "\r\n.\r\n");
}

TEST(QuotedPrintable, KeepsWhatIsLegible) {
  EXPECT_EQ(quoted_printable("Hello, you & me.\r\n\r\nBye\r\n"), "Hello, you & me.\r\n\r\nBye\r\n");
  EXPECT_EQ(quoted_printable("a=b\r\n"), "a=3Db\r\n");
  EXPECT_EQ(quoted_printable("\xc3\xbc\r\n"), "=C3=BC\r\n");
  EXPECT_EQ(quoted_printable(std::string_view("\0\x7f\r\n", 4)), "=00=7F\r\n");
}

TEST(QuotedPrintable, EndsNoLineWithABlank) {
  EXPECT_EQ(quoted_printable("a b \r\n \r\nc\t\r\n"), "a b=20\r\n=20\r\nc=09\r\n");
}

TEST(QuotedPrintable, BeginsNoLineWithADotOrFrom) {
  EXPECT_EQ(quoted_printable(".\r\n..\r\nFrom me\r\nFromage\r\n"),
            "=2E\r\n=2E.\r\n=46rom me\r\nFromage\r\n");
  // Where a line is broken another one begins.
  const std::string filler(75, 'x');
  EXPECT_EQ(quoted_printable(filler + ".y\r\n"), filler + "=\r\n=2Ey\r\n");
  EXPECT_EQ(quoted_printable(filler + "From me\r\n"), filler + "=\r\n=46rom me\r\n");
}

TEST(QuotedPrintable, FillsALineToTheLastColumn) {
  EXPECT_EQ(quoted_printable(std::string(76, 'x') + "\r\n"), std::string(76, 'x') + "\r\n");
  EXPECT_EQ(quoted_printable(std::string(77, 'x') + "\r\n"), std::string(75, 'x') + "=\r\nxx\r\n");
  EXPECT_EQ(quoted_printable(std::string(73, 'x') + "=\r\n"), std::string(73, 'x') + "=3D\r\n");
  EXPECT_EQ(quoted_printable(std::string(74, 'x') + "=\r\n"),
            std::string(74, 'x') + "=\r\n=3D\r\n");
}

TEST(Body, IsLegibleOrDenseByWhatItHolds) {
  EXPECT_EQ(encode_body("Hello\n").encoding, "quoted-printable");
  EXPECT_EQ(encode_body("Gr\xc3\xbc\xc3\x9f"
                        "e aus M\xc3\xbcnchen, von der Isar\n")
                .encoding,
            "quoted-printable");
  EXPECT_EQ(encode_body("\xe3\x81\x93\xe3\x82\x93\xe3\x81\xab\xe3\x81\xa1\xe3\x81\xaf\n").encoding,
            "base64");
  EXPECT_EQ(encode_body("").bytes, "");
}

/// Texts full of what encodings trip over.
std::string strange_text(std::mt19937& random) {
  constexpr std::array<std::string_view, 16> Pieces{"a",
                                                    ".",
                                                    "\n",
                                                    "\r",
                                                    "\r\n",
                                                    " ",
                                                    "\t",
                                                    "=",
                                                    "From ",
                                                    "=_next_part",
                                                    "--=_next_part",
                                                    "\xc3\xa4",
                                                    "\xf0\x9f\x98\x80",
                                                    "\xe2\x80\xa8",
                                                    "0123456789012345678901234567890123456789",
                                                    "_"};
  std::string text;
  for (auto count = random() % 120; count > 0; --count) text += Pieces.at(random() % Pieces.size());
  return text;
}

TEST(Body, ComesBackAsItWasWhateverItHolds) {
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    const std::string text = strange_text(random);
    const mail::EncodedBody body = encode_body(text);
    const bool dense = body.encoding == "base64";
    EXPECT_EQ(dense ? from_base64(body.bytes) : from_quoted_printable(body.bytes), with_crlf(text));
    for (const std::string& line : lines_of(body.bytes)) {
      ASSERT_TRUE(line.ends_with("\r\n"));
      ASSERT_LE(line.size(), 78U);
      ASSERT_FALSE(line.starts_with('.') || line.starts_with("From ")) << line;
      ASSERT_EQ(line.find("=_"), std::string::npos) << line;
      for (const char c : line.substr(0, line.size() - 2))
        ASSERT_TRUE(c == '\t' || (c >= ' ' && c <= '~'));
    }
  }
}

}  // namespace
}  // namespace portico::notify::test

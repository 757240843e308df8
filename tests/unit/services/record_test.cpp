// SPDX-License-Identifier: Apache-2.0
#include "services/log/record.h"

#include <array>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidjson/document.h>

namespace portico::services {
namespace {

using std::chrono::microseconds;
using namespace std::string_literals;

std::string json(std::string_view message, std::span<const Field> fields = {},
                 Level level = Level::Info) {
  std::array<char, MaxRecord> space;
  return std::string(
      format_json({microseconds(1'769'860'800'000'007), level, "core", message, fields}, space));
}

std::string text(std::string_view message, std::span<const Field> fields = {},
                 Paint paint = Paint::Plain) {
  std::array<char, MaxRecord> space;
  return std::string(
      format_text({microseconds(1'769'860'800'000'007), Level::Warning, "core", message, fields},
                  paint, space));
}

void expect_one_json_line(const std::string& line) {
  ASSERT_FALSE(line.empty());
  EXPECT_EQ(line.find('\n'), line.size() - 1) << line;
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(line.c_str());
  EXPECT_FALSE(document.HasParseError()) << line;
}

TEST(LogRecord, IsOneJsonObjectOnOneLine) {
  const std::array fields{Field{"file", "a.yaml"}, Field{"count", "7"}};
  EXPECT_EQ(json("started", fields),
            R"({"time":"2026-01-31T12:00:00.000007Z","level":"info","component":"core",)"
            R"("message":"started","file":"a.yaml","count":"7"})"
            "\n");
}

TEST(LogRecord, NamesEveryLevel) {
  EXPECT_NE(json("", {}, Level::Debug).find(R"("level":"debug")"), std::string::npos);
  EXPECT_NE(json("", {}, Level::Info).find(R"("level":"info")"), std::string::npos);
  EXPECT_NE(json("", {}, Level::Warning).find(R"("level":"warning")"), std::string::npos);
  EXPECT_NE(json("", {}, Level::Error).find(R"("level":"error")"), std::string::npos);
}

TEST(LogRecord, EscapesWhatCouldForgeALineOrDriveATerminal) {
  const std::string line = json("a\nb\r\t\x1b[31m\x7f\0\"\\"s);
  EXPECT_NE(line.find(R"(a\nb\r\t\u001b[31m\u007f\u0000\"\\")"), std::string::npos) << line;
  expect_one_json_line(line);
}

TEST(LogRecord, ReplacesBrokenUtf8AndKeepsTheRest) {
  const std::string line =
      json("gr\xc3\xbc\xc3\x9f \xff\xc3 \xc0\xaf \xed\xa0\x80 \xf0\x9f\x99\x82");
  EXPECT_NE(line.find("gr\xc3\xbc\xc3\x9f \\ufffd\\ufffd \\ufffd\\ufffd "), std::string::npos)
      << line;
  EXPECT_NE(line.find("\xf0\x9f\x99\x82"), std::string::npos);
  expect_one_json_line(line);
}

TEST(LogRecord, EscapesCharactersThatHideOrTurnText) {
  const std::string line = json(
      "a\xe2\x80\xae"
      "b\xc2\x85"
      "c\xe2\x80\xa8");
  EXPECT_NE(line.find(R"(a\u202eb\u0085c\u2028)"), std::string::npos) << line;
}

TEST(LogRecord, EscapesKeysAndComponentsToo) {
  const std::array fields{Field{"k\"\n", "v"}};
  expect_one_json_line(json("m", fields));
}

TEST(LogRecord, CutsALongMessageAndStaysValid) {
  for (const std::string& piece : {"x"s, "\n"s, "\xc3\xbc"s, "\xff"s, "\""s, "\x01"s}) {
    std::string message;
    while (message.size() < 3 * MaxRecord) message += piece;
    const std::string line = json(message);
    expect_one_json_line(line);
    EXPECT_LE(line.size(), MaxRecord);
    EXPECT_GT(line.size(), MaxMessage);
    EXPECT_NE(line.find("...\"}"), std::string::npos);
    EXPECT_EQ(text(message).find('\n'), text(message).size() - 1);
  }
}

TEST(LogRecord, CutsExactlyAtTheLimit) {
  EXPECT_EQ(json(std::string(MaxMessage, 'x')).find("..."), std::string::npos);
  EXPECT_NE(json(std::string(MaxMessage + 1, 'x')).find("x...\""), std::string::npos);
}

TEST(LogRecord, LeavesOutFieldsThatDoNotFitAndSaysSo) {
  const std::string big(3000, '\n');
  const std::vector<Field> fields(100, Field{"key", big});
  const std::string line = json(big, fields);
  expect_one_json_line(line);
  EXPECT_LE(line.size(), MaxRecord);
  EXPECT_NE(line.find(R"("cut":"true"})"), std::string::npos);
  EXPECT_NE(text(big, fields).find(" cut=true\n"), std::string::npos);
}

TEST(LogRecord, HasATextFormForPeople) {
  const std::array fields{Field{"file", "/etc/a.yaml"}, Field{"why", "no \"such\" file"},
                          Field{"x", ""}};
  EXPECT_EQ(text("cannot \"open\"\n", fields),
            "2026-01-31T12:00:00.000007Z warning core: cannot \"open\"\\n file=/etc/a.yaml "
            "why=\"no \\\"such\\\" file\" x=\"\"\n");
}

TEST(LogRecord, IsColouredOnlyWhenAsked) {
  EXPECT_EQ(text("m").find('\x1b'), std::string::npos);
  EXPECT_NE(text("m", {}, Paint::Coloured).find("\x1b[33mwarning\x1b[0m"), std::string::npos);
}

}  // namespace
}  // namespace portico::services

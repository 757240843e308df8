// SPDX-License-Identifier: Apache-2.0
#include "services/log/access_record.h"

#include <array>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidjson/document.h>

namespace portico::services {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using testing::HasSubstr;
using testing::Not;

AccessRecord record() {
  AccessRecord record;
  record.time = std::chrono::microseconds(1'769'860'800'123'456);
  record.request_id = "abc";
  record.client = "192.0.2.1";
  record.method = "GET";
  record.target = "/a?x=1&token=t";
  record.protocol = "HTTP/1.1";
  record.host = "example.com";
  record.status = 200;
  record.bytes_received = 100;
  record.bytes_sent = 300;
  record.body_bytes_sent = 200;
  record.duration = 1'234'567us;
  record.route = "GET /a";
  record.user_agent = "curl/8";
  record.referer = "https://example.com/b?code=1";
  record.ended = "answered";
  return record;
}

std::string write(const AccessRecord& record, AccessFormat format) {
  const AccessForm form{format, QueryMask({"token", "code"})};
  TimeText time;
  std::array<char, MaxAccessLine> room;
  return std::string(room.data(), form.write(record, time, room));
}
std::string json(const AccessRecord& record) { return write(record, AccessFormat::Json); }
std::string combined(const AccessRecord& record) { return write(record, AccessFormat::Combined); }

void expect_one_json_line(const std::string& line) {
  EXPECT_EQ(line.find('\n'), line.size() - 1) << line;
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(line.c_str());
  EXPECT_FALSE(document.HasParseError()) << line;
}

TEST(AccessRecord, IsOneJsonObjectOnOneLine) {
  EXPECT_EQ(json(record()),
            R"({"time":"2026-01-31T12:00:00.123Z","request_id":"abc","client":"192.0.2.1",)"
            R"("method":"GET","path":"/a","query":"x=1&token=***","host":"example.com",)"
            R"("protocol":"HTTP/1.1","status":200,"bytes_received":100,"bytes_sent":300,)"
            R"("duration":1.234567,"route":"GET /a","user_agent":"curl/8",)"
            R"("referer":"https://example.com/b?code=***","ended":"answered"})"
            "\n");
}

TEST(AccessRecord, SaysWhatAnUpstreamDid) {
  AccessRecord forwarded = record();
  forwarded.endpoint = "app:80";
  forwarded.tries = 2;
  forwarded.upstream_duration = 5'000us;
  EXPECT_THAT(json(forwarded), HasSubstr(R"("ended":"answered","endpoint":"app:80","tries":2,)"
                                         R"("upstream_duration":0.005000})"));
  forwarded.upstream_error = "it \"hung\" up";
  EXPECT_THAT(json(forwarded), HasSubstr(R"("upstream_error":"it \"hung\" up"})"));
  expect_one_json_line(json(forwarded));
}

TEST(AccessRecord, IsALineAsNginxAndApacheCombineIt) {
  EXPECT_EQ(combined(record()),
            "192.0.2.1 - - [31/Jan/2026:12:00:00 +0000] \"GET /a?x=1&token=*** HTTP/1.1\" 200 200 "
            "\"https://example.com/b?code=***\" \"curl/8\"\n");
}

TEST(AccessRecord, WritesHyphensForWhatIsNotKnown) {
  AccessRecord refused;
  refused.client = "192.0.2.1";
  refused.status = 400;
  EXPECT_EQ(combined(refused),
            "192.0.2.1 - - [01/Jan/1970:00:00:00 +0000] \"-\" 400 0 \"-\" \"-\"\n");
}

TEST(AccessRecord, EscapesWhatCouldForgeALine) {
  AccessRecord hostile = record();
  const std::string target = "/\"\\\n\x1b\xff\0?\r"s;
  hostile.target = target;
  hostile.user_agent = "a\" 200 1 \"b\n192.0.2.9 - -\xc3\xa9";
  hostile.referer = "\xe2\x80\xae";
  EXPECT_THAT(json(hostile), HasSubstr(R"("path":"/\"\\\n\u001b\ufffd\u0000","query":"\r")"));
  EXPECT_THAT(json(hostile), HasSubstr(R"("referer":"\u202e")"));
  expect_one_json_line(json(hostile));
  EXPECT_THAT(combined(hostile), HasSubstr(R"("GET /\x22\x5C\x0A\x1B\xFF\x00?\x0D HTTP/1.1")"));
  EXPECT_THAT(combined(hostile), HasSubstr(R"("a\x22 200 1 \x22b\x0A192.0.2.9 - -\xC3\xA9")"));
  EXPECT_EQ(combined(hostile).find('\n'), combined(hostile).size() - 1);
}

TEST(AccessRecord, FitsWhateverItIsTold) {
  std::string query;
  while (query.size() < 60'000) query += "token=\xff\n&\x01=\xff;";
  const std::string noise(60'000, '\x01');
  AccessRecord long_one = record();
  for (std::string_view* const text :
       {&long_one.request_id, &long_one.client, &long_one.method, &long_one.protocol,
        &long_one.host, &long_one.route, &long_one.user_agent, &long_one.error}) {
    *text = noise;
  }
  const std::string address = noise + "?" + query;
  long_one.referer = address;
  const std::string short_path = "/?" + query;
  for (const std::string_view target : {std::string_view(address), std::string_view(short_path)}) {
    long_one.target = target;
    expect_one_json_line(json(long_one));
    EXPECT_THAT(combined(long_one), testing::EndsWith("...\"\n"));
    EXPECT_THAT(combined(long_one), Not(HasSubstr("token=\\x")));
  }
}

TEST(AccessRecord, SaysWhyNoChainAnswered) {
  AccessRecord refused = record();
  refused.ended = "refused";
  refused.error = "bad_request_line";
  EXPECT_THAT(json(refused), HasSubstr(R"("ended":"refused","error":"bad_request_line"})"));
}

TEST(TimeText, FollowsTheSeconds) {
  TimeText time;
  std::array<char, 64> space;
  const auto at = [&](std::chrono::microseconds moment) {
    Line line(space);
    time.put_rfc3339(line, moment);
    return std::string(line.text());
  };
  EXPECT_EQ(at(0us), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(at(999'999us), "1970-01-01T00:00:00.999Z");
  EXPECT_EQ(at(1s), "1970-01-01T00:00:01.000Z");
  EXPECT_EQ(at(951'827'696s + 5ms), "2000-02-29T12:34:56.005Z");
}

}  // namespace
}  // namespace portico::services

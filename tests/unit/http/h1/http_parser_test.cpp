// SPDX-License-Identifier: Apache-2.0
// Our parser beside Debian's http-parser, on heads and on everything that one changed byte makes of
// them. What both accept they must read alike; where one refuses what the other accepts, the table
// says why. A row that explains nothing is as wrong as a difference that no row explains.
#include "base/text.h"
#include "http/h1/request_parser.h"
#include "unit/http/h1/reading.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>
#include <http_parser.h>

namespace portico::http::h1 {
namespace {

/// What a parser made of a head.
struct View {
  std::string verdict;  ///< "accepts", "more", or why it is refused.
  std::string text{};   ///< What was read, when it was accepted.
  bool keep_alive = false;
};

struct Collected {
  std::string target;
  std::string fields;
};

int add_target(http_parser* parser, const char* at, std::size_t size) {
  static_cast<Collected*>(parser->data)->target.append(at, size);
  return 0;
}
int add_name(http_parser* parser, const char* at, std::size_t size) {
  static_cast<Collected*>(parser->data)->fields.append(" | ").append(at, size);
  return 0;
}
int add_value(http_parser* parser, const char* at, std::size_t size) {
  std::string& fields = static_cast<Collected*>(parser->data)->fields;
  fields.append("=").append(at, size);
  // It leaves the blanks behind a value to its caller.
  while (fields.back() == ' ' || fields.back() == '\t') fields.pop_back();
  return 0;
}
int stop(http_parser* parser) {
  http_parser_pause(parser, 1);
  return 0;
}

std::string framed(bool chunked, std::uint64_t length) {
  return " body=" + (chunked ? "chunked" : std::to_string(length));
}

View by_other(std::string_view bytes) {
  http_parser_settings settings;
  http_parser_settings_init(&settings);
  settings.on_url = add_target;
  settings.on_header_field = add_name;
  settings.on_header_value = add_value;
  settings.on_headers_complete = stop;
  http_parser parser;
  http_parser_init(&parser, HTTP_REQUEST);
  Collected collected;
  parser.data = &collected;
  http_parser_execute(&parser, &settings, bytes.data(), bytes.size());
  const http_errno error = HTTP_PARSER_ERRNO(&parser);
  if (error == HPE_OK) return {"more"};
  if (error != HPE_PAUSED) return {http_errno_name(error)};
  const bool counted = parser.content_length != std::numeric_limits<std::uint64_t>::max();
  const auto method = static_cast<http_method>(parser.method);
  return {"accepts",
          std::string(http_method_str(method)) + " " + collected.target +
              framed((parser.flags & F_CHUNKED) != 0, counted ? parser.content_length : 0) +
              (base::is_letter(collected.target[0]) ? "" : collected.fields),
          http_should_keep_alive(&parser) != 0};
}

View by_ours(std::string_view bytes) {
  RequestParser parser({});
  switch (parser.parse(bytes)) {
    case Parsed::More: return {"more"};
    case Parsed::Refused: return {std::string(parser.refusal().code)};
    case Parsed::Done: break;
  }
  const RequestHead& head = parser.head();
  return {"accepts",
          std::string(head.method) + " " + std::string(head.target) +
              framed(head.body.kind == BodyFraming::Kind::Chunked, head.body.length) +
              // In the absolute form Host is the target's, for ours.
              (head.form == TargetForm::Absolute ? "" : told(head.fields)),
          head.keep_alive};
}

/// A class of differences: what ours says, what the other says, and why ours is right.
struct Difference {
  std::string_view ours;
  std::string_view other;
  std::string_view why;
};

constexpr Difference Differences[] = {
    {"accepts", "HPE_INVALID_METHOD",
     "It has a list of methods. Ours takes any token: which methods are served is the route's to "
     "say, with 405."},
    {"accepts", "HPE_UNEXPECTED_CONTENT_LENGTH",
     "It takes a name that only begins with Transfer-Encoding for that field."},
    {"bad_bytes", "accepts",
     "It takes a bare CR or LF for a line's end and, not being built strict, control characters in "
     "values: the ways to smuggle a field."},
    {"bad_framing", "accepts",
     "It takes Transfer-Encoding in HTTP/1.0 and codings that do not end in chunked, and leaves "
     "the "
     "body's length open."},
    {"bad_header", "accepts", "It takes folded lines, bare LF and blanks before the colon."},
    {"bad_header", "more", "It waits whether the folded last line goes on."},
    {"bad_host", "accepts", "It does not look at Host; a gateway routes by it."},
    {"bad_request_line", "accepts",
     "It takes several blanks, empty lines of bare CR and LF, and versions ended by a bare LF."},
    {"bad_target", "accepts",
     "It takes '#', tabs that end the target and forms that RFC 9112 does not have."},
    {"keeps alive", "closes",
     "It reads no option of Connection beside an empty one or a tab; RFC 9110 §5.6.1 has both."},
    {"closes", "keeps alive", "The same, of the option close."},
    {"expectation_failed", "accepts", "It does not look at Expect."},
    {"http_version", "accepts", "It takes HTTP/0.9, where the version is missing, and others."},
};

const std::string Heads[] = {
    "GET /a?b HTTP/1.1\r\nHost: a.b:80\r\nA-b: c d\r\nE:\r\n\r\n",
    "\r\nPOST http://a/b HTTP/1.1\r\nHost: a\r\nContent-Length: 15\r\nConnection: close\r\n\r\n",
    "PUT / HTTP/1.1\r\nHost: [::1]\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n",
    "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
    "OPTIONS * HTTP/1.0\r\nHost: a\r\nConnection: keep-alive, B\r\nUpgrade: b\r\n\r\n",
};

/// Calls `visit` with the head and with everything that one byte removed, put in or changed makes.
template <class Visit>
void for_each_neighbour(const std::string& head, Visit visit) {
  using namespace std::string_view_literals;
  constexpr std::string_view Bytes =
      "\0\x01\t\n\v\r\x1b !\"#%*+,-./0159:;=?@AHTZ[\\]_az\x7f\x80\xff"sv;
  visit(head);
  for (std::size_t at = 0; at < head.size(); ++at) {
    visit(head.substr(0, at) + head.substr(at + 1));
    for (const char byte : Bytes) {
      visit(head.substr(0, at) + byte + head.substr(at));
      visit(head.substr(0, at) + byte + head.substr(at + 1));
    }
  }
}

bool is_refusal(const View& view) { return view.verdict != "accepts" && view.verdict != "more"; }

/// The row of the table that has these two words.
std::string_view explained(std::string_view ours, std::string_view other) {
  for (const Difference& row : Differences) {
    if (row.ours == ours && row.other == other) return row.why;
  }
  return {};
}

/// How the two differ, in the words of the table.
std::pair<std::string_view, std::string_view> difference(const View& ours, const View& other) {
  if (ours.verdict != other.verdict) return {ours.verdict, other.verdict};
  if (ours.keep_alive != other.keep_alive) {
    return ours.keep_alive ? std::pair("keeps alive", "closes")
                           : std::pair("closes", "keeps alive");
  }
  return {};
}

TEST(HttpParser, DiffersFromOursWhereTheTableSays) {
  std::map<std::string_view, int> explanations;
  for (const std::string& head : Heads) {
    for_each_neighbour(head, [&explanations](const std::string& bytes) {
      const View ours = by_ours(bytes);
      const View other = by_other(bytes);
      if (is_refusal(ours) && is_refusal(other)) return;
      if (ours.verdict == other.verdict) {
        EXPECT_EQ(ours.text, other.text) << bytes;
      }
      const auto [first, second] = difference(ours, other);
      if (first.empty()) return;
      const std::string_view why = explained(first, second);
      EXPECT_FALSE(why.empty()) << first << " / " << second << ": " << bytes;
      ++explanations[why];
    });
  }
  for (const Difference& row : Differences) EXPECT_GT(explanations[row.why], 0) << row.why;
}

}  // namespace
}  // namespace portico::http::h1

// SPDX-License-Identifier: Apache-2.0
// What the HTTP/1 codec costs for each head: a request of ten fields as a browser behind a proxy
// sends it, read by our parser and by Debian's http-parser; a response read; both written. The
// subjects take turns; the medians of the rounds are printed. Arguments: rounds (21), heads in each
// (200000).
#include "http/h1/head_writer.h"
#include "http/h1/request_parser.h"
#include "http/h1/response_parser.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <http_parser.h>

namespace {

namespace h1 = portico::http::h1;

constexpr std::string_view Request =
    "GET /api/v1/bookings/4711?page=2&sort=created HTTP/1.1\r\n"
    "Host: api.example.com\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0\r\n"
    "Accept: application/json, text/plain, */*\r\n"
    "Accept-Language: en-GB,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br\r\n"
    "Origin: https://app.example.com\r\n"
    "Connection: keep-alive\r\n"
    "Cookie: session=0123456789abcdef\r\n"
    "X-Request-Id: 018bcfe5-687b-7fff\r\n"
    "Sec-Fetch-Mode: cors\r\n\r\n";

constexpr std::string_view Response =
    "HTTP/1.1 200 OK\r\n"
    "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
    "Content-Type: application/json\r\n"
    "Content-Length: 118\r\n"
    "Cache-Control: private, max-age=60\r\n"
    "ETag: \"0123456789abcdef\"\r\n"
    "Vary: Accept-Encoding\r\n\r\n";

/// Keeps the compiler from leaving out what nobody reads.
void use(const void* result) { asm volatile("" : : "g"(result) : "memory"); }

[[noreturn]] void fail(const char* subject) {
  std::fprintf(stderr, "%s did not read its head\n", subject);
  std::exit(1);
}

void read_request() {
  static h1::RequestParser parser({});
  if (parser.parse(Request) != h1::Parsed::Done) fail("request");
  use(&parser.head());
  parser.reset();
}

void read_response() {
  static h1::ResponseParser parser({});
  if (parser.parse(Response, "GET") != h1::Parsed::Done) fail("response");
  use(&parser.head());
  parser.reset();
}

struct Noted {
  std::vector<std::string_view> pieces = std::vector<std::string_view>(64);
  std::size_t count = 0;
};

int note(http_parser* parser, const char* at, std::size_t size) {
  auto& noted = *static_cast<Noted*>(parser->data);
  noted.pieces[noted.count++] = {at, size};
  return 0;
}

/// It finds the pieces; target, host and framing are left to its caller, as in those who use it.
void read_by_other() {
  static Noted noted;
  static const http_parser_settings settings = [] {
    http_parser_settings made;
    http_parser_settings_init(&made);
    made.on_url = made.on_header_field = made.on_header_value = note;
    return made;
  }();
  http_parser parser;
  http_parser_init(&parser, HTTP_REQUEST);
  noted.count = 0;
  parser.data = &noted;
  if (http_parser_execute(&parser, &settings, Request.data(), Request.size()) != Request.size()) {
    fail("http-parser");
  }
  use(&noted);
}

template <class Framing>
void write(const Framing& framing, std::span<const portico::Headers::Entry> fields) {
  static char room[4096];
  const h1::HeadWriter writer(framing, fields);
  use(writer.write(room));
}

void write_response() {
  static const std::vector<portico::Headers::Entry> fields = [] {
    h1::ResponseParser parser({});
    if (parser.parse(Response, "GET") != h1::Parsed::Done) fail("response");
    const auto read = parser.head().fields;
    return std::vector(read.begin(), read.end());
  }();
  write(h1::ResponseFraming{.body = {h1::BodyFraming::Kind::Length, 118}, .server = "portico"},
        fields);
}

void write_request() {
  static const std::vector<portico::Headers::Entry> fields = [] {
    h1::RequestParser parser({});
    if (parser.parse(Request) != h1::Parsed::Done) fail("request");
    const auto read = parser.head().fields;
    return std::vector(read.begin(), read.end());
  }();
  write(h1::RequestFraming{.method = "GET", .path = "/bookings/4711", .host = "10.0.0.1:4000"},
        fields);
}

struct Subject {
  const char* name;
  void (*work)();
  std::vector<double> nanoseconds{};

  void run(int heads) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < heads; ++i) work();
    const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - start;
    nanoseconds.push_back(spent.count() / heads);
  }
  [[nodiscard]] double median() {
    std::sort(nanoseconds.begin(), nanoseconds.end());
    return nanoseconds[nanoseconds.size() / 2];
  }
};

}  // namespace

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::atoi(arguments[1]) : 21;
  const int heads = count > 2 ? std::atoi(arguments[2]) : 200'000;
  if (rounds < 1 || heads < 1) return 64;
  Subject subjects[] = {{"request read", read_request},
                        {"request by http-parser", read_by_other},
                        {"response read", read_response},
                        {"response written", write_response},
                        {"request written", write_request}};
  for (int round = 0; round < rounds; ++round) {
    for (Subject& subject : subjects) subject.run(heads);
  }
  std::printf("request %zu bytes, response %zu bytes\n", Request.size(), Response.size());
  for (Subject& subject : subjects) std::printf("%-24s %7.0f ns\n", subject.name, subject.median());
}

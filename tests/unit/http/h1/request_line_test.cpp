// SPDX-License-Identifier: Apache-2.0
// RFC 9112 §2 and §3, RFC 9110 §9.1: what begins a request.
#include "unit/http/h1/request_table.h"

namespace portico::http::h1 {
namespace {

using namespace std::string_literals;

std::string line(const std::string& text) { return text + "\r\nHost: a\r\n\r\n"; }

TEST(RequestLine, IsReadByTheGrammar) {
  expect_rows({
      {"RFC 9112 §3 origin form", line("GET /a/b?c=d HTTP/1.1"),
       "GET 1.1 path=/a/b query=c=d host=a body=none keep | Host=a"},
      {"RFC 9112 §3 HTTP/1.0 does not persist", line("GET / HTTP/1.0"),
       "GET 1.0 path=/ host=a body=none close | Host=a"},
      {"RFC 9112 §2.2 an empty line before", "\r\n" + line("GET / HTTP/1.1"), "GET 1.1 path=/ "},
      {"RFC 9112 §2.2 two empty lines before", "\r\n\r\n" + line("GET / HTTP/1.1"),
       "GET 1.1 path=/ "},
      {"RFC 9112 §2.2 three empty lines before", "\r\n\r\n\r\n" + line("GET / HTTP/1.1"),
       "400 bad_request_line"},
      {"RFC 9112 §2.2 only empty lines", "\r\n\r\n", "more"},
      {"RFC 9112 §2.2 a bare CR for an empty line", "\rGET / HTTP/1.1\r\n", "400 bad_request_line"},
      {"RFC 9112 §2.2 a bare LF for an empty line", "\n" + line("GET / HTTP/1.1"),
       "400 bad_request_line"},
      {"RFC 9112 §2.2 a blank before the line", " " + line("GET / HTTP/1.1"),
       "400 bad_request_line"},
      {"RFC 9112 §2.2 a bare LF ends it", "GET / HTTP/1.1\nHost: a\r\n\r\n",
       "400 bad_request_line"},
      {"RFC 9112 §2.2 a bare CR ends it", "GET / HTTP/1.1\rHost: a\r\n\r\n",
       "400 bad_request_line"},
      {"RFC 9112 §3 two blanks behind the method", line("GET  / HTTP/1.1"), "400 bad_request_line"},
      {"RFC 9112 §3 two blanks behind the target", line("GET /  HTTP/1.1"), "400 bad_request_line"},
      {"RFC 9112 §3 a tab for a blank", line("GET\t/ HTTP/1.1"), "400 bad_request_line"},
      {"RFC 9112 §3 a tab behind the target", line("GET /\tHTTP/1.1"), "400 bad_target"},
      {"RFC 9112 §3 a blank behind the version", line("GET / HTTP/1.1 "), "400 bad_request_line"},
      {"RFC 9112 §3 a blank in the target", line("GET /a b HTTP/1.1"), "400 bad_request_line"},
      {"RFC 9112 §3 the method alone", line("GET"), "400 bad_request_line"},
      {"RFC 9112 §3 a lone blank", line(" "), "400 bad_request_line"},
      {"RFC 9112 §3 no target", line("GET HTTP/1.1"), "400 bad_request_line"},
      {"RFC 9112 §3 half a version", line("GET / HTTP/1"), "400 bad_request_line"},
      {"RFC 9112 §3 a NUL", "GET /\0 HTTP/1.1\r\n\r\n"s, "400 bad_target"},
      {"RFC 9112 §3 unfinished", "GET / HTT", "more"},
      {"RFC 9112 §3 unfinished between CR and LF", "GET / HTTP/1.1\r", "more"},
      {"RFC 9112 §3 malformed but not at its end", "GET", "more"},
  });
}

TEST(RequestLine, TakesAnyTokenForAMethod) {
  expect_rows({
      {"RFC 9110 §9.1 an unknown one", line("BREW / HTTP/1.1"), "BREW 1.1"},
      {"RFC 9110 §9.1 case matters", line("get / HTTP/1.1"), "get 1.1"},
      {"RFC 9110 §5.6.2 every kind of token character", line("!#$%&'*+-.^_`|~09azAZ / HTTP/1.1"),
       "!#$%&'*+-.^_`|~09azAZ 1.1"},
      {"RFC 9110 §5.6.2 a delimiter", line("GE(T / HTTP/1.1"), "400 bad_request_line"},
      {"RFC 9110 §5.6.2 a control character", line("GE\x01T / HTTP/1.1"), "400 bad_request_line"},
      {"RFC 9110 §5.6.2 not ASCII", line("GE\xc3\xa9 / HTTP/1.1"), "400 bad_request_line"},
      {"RFC 9112 §3 the longest", line(std::string(32, 'M') + " / HTTP/1.1"), "MMMM"},
      {"RFC 9112 §3 longer than any", line(std::string(33, 'M') + " / HTTP/1.1"), "501 bad_method"},
  });
}

TEST(RequestLine, ServesTwoVersions) {
  expect_rows({
      {"RFC 9112 §2.3 another major version", line("GET / HTTP/2.0"), "505 http_version"},
      {"RFC 9113 §3.4 the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
       "505 http_version"},
      {"RFC 9112 §2.3 a minor version that nobody speaks", line("GET / HTTP/1.2"),
       "505 http_version"},
      {"RFC 1945 §4.1 HTTP/0.9 named", line("GET / HTTP/0.9"), "505 http_version"},
      {"RFC 1945 §4.1 HTTP/0.9 as it was", "GET /\r\n", "505 http_version"},
      {"RFC 1945 §4.1 HTTP/0.9 had but GET", "PUT /\r\n", "400 bad_request_line"},
      {"RFC 9112 §2.3 case matters", line("GET / http/1.1"), "400 bad_request_line"},
      {"RFC 9112 §2.3 no dot", line("GET / HTTP/1,1"), "400 bad_request_line"},
      {"RFC 9112 §2.3 two digits", line("GET / HTTP/1.10"), "400 bad_request_line"},
      {"RFC 9112 §2.3 another protocol", line("GET / ICAP/1.0"), "400 bad_request_line"},
  });
}

TEST(RequestTarget, IsOneOfThreeForms) {
  expect_rows({
      {"RFC 9112 §3.2.1 no path but the root", line("GET /?q HTTP/1.1"),
       "GET 1.1 path=/ query=q host=a"},
      {"RFC 9112 §3.2.1 an empty query", line("GET /a? HTTP/1.1"), "GET 1.1 path=/a host=a"},
      {"RFC 9112 §3.2.1 the second '?' is the query's", line("GET /a?b?c HTTP/1.1"),
       "GET 1.1 path=/a query=b?c host=a"},
      {"RFC 9112 §3.2.1 two slashes are no authority", line("GET //b/c HTTP/1.1"),
       "GET 1.1 path=//b/c host=a"},
      {"RFC 3986 §3.5 a fragment", line("GET /a#b HTTP/1.1"), "400 bad_target"},
      {"RFC 3986 §2 a byte that is not ASCII", line("GET /\x80 HTTP/1.1"), "400 bad_target"},
      {"RFC 3986 §2 DEL", line("GET /\x7f HTTP/1.1"), "400 bad_target"},
      {"RFC 9112 §3.2 no form at all", line("GET a/b HTTP/1.1"), "400 bad_target"},
      {"RFC 9112 §3.2.2 absolute form", line("GET http://b:80/c?d HTTP/1.1"),
       "GET 1.1 scheme=http path=/c query=d host=b:80 body=none keep | Host=b:80"},
      {"RFC 9112 §3.2.2 https, in any case", line("GET HtTpS://b/ HTTP/1.1"),
       "GET 1.1 scheme=HtTpS path=/ host=b"},
      {"RFC 9112 §3.2.2 without a path", line("GET http://b?d HTTP/1.1"),
       "GET 1.1 scheme=http path= query=d host=b"},
      {"RFC 9112 §3.2.2 another scheme", line("GET ftp://b/ HTTP/1.1"), "400 bad_target"},
      {"RFC 9110 §4.2.1 no host", line("GET http:///c HTTP/1.1"), "400 bad_target"},
      {"RFC 9110 §4.2.4 user information", line("GET http://u@b/ HTTP/1.1"), "400 bad_target"},
      {"RFC 9112 §3.2.3 CONNECT", line("CONNECT b:443 HTTP/1.1"), "501 not_implemented"},
      {"RFC 9112 §3.2.3 authority form elsewhere", line("GET b:443 HTTP/1.1"),
       "501 not_implemented"},
      {"RFC 9112 §3.2.4 asterisk form", line("OPTIONS * HTTP/1.1"),
       "OPTIONS 1.1 asterisk path=* host=a"},
      {"RFC 9112 §3.2.4 with another method", line("GET * HTTP/1.1"), "400 bad_target"},
      {"RFC 9112 §3.2.4 with more behind it", line("OPTIONS *a HTTP/1.1"), "400 bad_target"},
  });
}

}  // namespace
}  // namespace portico::http::h1

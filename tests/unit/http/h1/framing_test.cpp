// SPDX-License-Identifier: Apache-2.0
// RFC 9112 §6, §7 and §9, RFC 9110 §7.6, §7.8, §8.6 and §10.1.1: the length of a request's body,
// and what becomes of its connection.
#include "http/h1/fields.h"
#include "unit/http/h1/request_table.h"

namespace portico::http::h1 {
namespace {

std::string with(const std::string& fields, std::string_view version = "1.1") {
  return "POST / HTTP/" + std::string(version) + "\r\nHost: a\r\n" + fields + "\r\n";
}

constexpr std::string_view Head = "POST 1.1 path=/ host=a body=";

std::string body(std::string_view rest) { return std::string(Head).append(rest); }

TEST(Framing, TellsTheLengthOfARequest) {
  const std::string chunked = body("chunked keep");
  expect_rows({
      {"RFC 9112 §6.3 neither", with(""), body("none keep")},
      {"RFC 9110 §8.6 a length", with("Content-Length: 5\r\n"), body("5 keep")},
      {"RFC 9110 §5.5 blanks around it", with("Content-Length:  5  \r\n"), body("5 keep")},
      {"RFC 9110 §8.6 nothing", with("Content-Length: 0\r\n"), body("0 keep")},
      {"RFC 9110 §8.6 zeros before", with("Content-Length: 0005\r\n"), body("5 keep")},
      {"RFC 9110 §8.6 the largest", with("Content-Length: 9223372036854775807\r\n"),
       body("9223372036854775807 keep")},
      {"RFC 9112 §6.1 chunked", with("Transfer-Encoding: chunked\r\n"), chunked},
      {"RFC 9112 §7 in any case", with("tRANSFER-eNCODING: ChUnKeD\r\n"), chunked},
  });
}

TEST(Framing, IsRefusedWhenTheLengthIsNotClear) {
  for (const std::string_view length :
       {"+5", "-5", "5 6", "5, 5", "5,5", "0x5", "5h", "1,000", "5.0", "", "\"5\"", "5;", "\t5",
        "5\t", "9223372036854775808", "18446744073709551621", "99999999999999999999999"}) {
    expect_row({"RFC 9110 §8.6", with("Content-Length: " + std::string(length) + "\r\n"),
                "400 bad_framing"});
  }
  for (const std::string_view coding :
       {"", "gzip", "identity", "gzip, chunked", "chunked, gzip", "chunked, chunked", "chunked,",
        ", chunked", "xchunked", "chunked;a=b", "\"chunked\"", "=?utf-8?b?Y2h1bmtlZA==?=", "chunke",
        "\tchunked", "chunked\t", "chunked chunked"}) {
    expect_row({"RFC 9112 §6.1", with("Transfer-Encoding: " + std::string(coding) + "\r\n"),
                "400 bad_framing"});
  }
}

TEST(Framing, IsRefusedWhenItIsToldTwice) {
  expect_rows({
      {"RFC 9112 §6.1 length and encoding",
       with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), "400 bad_framing"},
      {"RFC 9112 §6.1 encoding and length",
       with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), "400 bad_framing"},
      {"RFC 9112 §6.3 two lengths", with("Content-Length: 5\r\nContent-Length: 6\r\n"),
       "400 bad_framing"},
      {"RFC 9112 §6.3 twice the same", with("Content-Length: 5\r\ncontent-length: 5\r\n"),
       "400 bad_framing"},
      {"RFC 9112 §6.1 two encodings",
       with("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n"), "400 bad_framing"},
      {"RFC 9112 §6.1 twice chunked",
       with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), "400 bad_framing"},
      {"RFC 9112 §6.1 an encoding in HTTP/1.0", with("Transfer-Encoding: chunked\r\n", "1.0"),
       "400 bad_framing"},
  });
}

TEST(Framing, SaysWhetherTheConnectionPersists) {
  expect_rows({
      {"RFC 9112 §9.3 1.1 persists", with(""), "POST 1.1 path=/ host=a body=none keep"},
      {"RFC 9112 §9.6 close", with("Connection: close\r\n"),
       "POST 1.1 path=/ host=a body=none close"},
      {"RFC 9110 §7.6.1 any case, in a list", with("cONNECTION: foo ,\tCLOSE\r\n"),
       "POST 1.1 path=/ host=a body=none close"},
      {"RFC 9110 §5.3 in the second of two", with("Connection: a\r\nConnection: close\r\n"),
       "POST 1.1 path=/ host=a body=none close"},
      {"RFC 9110 §5.6.1 empty members", with("Connection: ,, close,\r\n"),
       "POST 1.1 path=/ host=a body=none close"},
      {"RFC 9110 §7.6.1 a longer option", with("Connection: closed\r\n"),
       "POST 1.1 path=/ host=a body=none keep"},
      {"RFC 9112 §9.3 1.0 with keep-alive", with("Connection: Keep-Alive\r\n", "1.0"),
       "POST 1.0 path=/ host=a body=none keep"},
      {"RFC 9112 §9.3 1.0 without", with("", "1.0"), "POST 1.0 path=/ host=a body=none close"},
      {"RFC 9112 §9.3 close goes before", with("Connection: keep-alive, close\r\n", "1.0"),
       "POST 1.0 path=/ host=a body=none close"},
  });
}

TEST(Framing, OffersAnUpgradeThatConnectionLists) {
  expect_rows({
      {"RFC 9110 §7.8", with("Connection: upgrade\r\nUpgrade: websocket\r\n"),
       body("none keep upgrade=websocket |")},
      {"RFC 9110 §7.8 not listed", with("Upgrade: websocket\r\n"), body("none keep |")},
      {"RFC 9110 §7.8 listed alone", with("Connection: Upgrade\r\n"), body("none keep |")},
      {"RFC 9110 §7.8 twice", with("Connection: upgrade\r\nUpgrade: a\r\nUpgrade: b\r\n"),
       body("none keep |")},
      {"RFC 9110 §7.8 in HTTP/1.0", with("Connection: upgrade\r\nUpgrade: a\r\n", "1.0"),
       "POST 1.0 path=/ host=a body=none close |"},
  });
}

TEST(Framing, KnowsOneExpectation) {
  const std::string length = "Content-Length: 5\r\n";
  expect_rows({
      {"RFC 9110 §10.1.1", with(length + "Expect: 100-Continue\r\n"), body("5 keep continue |")},
      {"RFC 9110 §10.1.1 chunked", with("Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n"),
       body("chunked keep continue |")},
      {"RFC 9110 §10.1.1 without a body", with("Expect: 100-continue\r\n"), body("none keep |")},
      {"RFC 9110 §10.1.1 an empty body", with("Content-Length: 0\r\nExpect: 100-continue\r\n"),
       body("0 keep |")},
      {"RFC 9110 §10.1.1 ignored in HTTP/1.0", with(length + "Expect: 100-continue\r\n", "1.0"),
       "POST 1.0 path=/ host=a body=5 close |"},
      {"RFC 9110 §10.1.1 another", with("Expect: something\r\n"), "417 expectation_failed"},
      {"RFC 9110 §10.1.1 beside another", with("Expect: 100-continue\r\nExpect: a\r\n"),
       "417 expectation_failed"},
      {"RFC 9110 §10.1.1 nothing", with("Expect:\r\n"), "417 expectation_failed"},
  });
}

}  // namespace
}  // namespace portico::http::h1

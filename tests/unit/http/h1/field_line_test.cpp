// SPDX-License-Identifier: Apache-2.0
// RFC 9112 §5 and RFC 9110 §5: field lines.
#include "unit/http/h1/request_table.h"

namespace portico::http::h1 {
namespace {

using namespace std::string_literals;

std::string with(const std::string& fields) {
  return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

constexpr std::string_view Plain = "GET 1.1 path=/ host=a body=none keep | Host=a";

TEST(FieldLine, GivesNameAndValue) {
  const std::string plain(Plain);
  const std::string several = plain + " | A=b | a=c";
  const std::string inner = plain + " | A=b \t c";
  const std::string nothing = plain + " | A=";
  const std::string tokens = plain + " | !#$%&'*+-.^_`|~9aZ=b";
  const std::string text = plain + " | A=\x80\xff\"\\(:";
  const std::string longer =
      plain + " | A-Name-Of-More-Than-Sixteen_Bytes=a value of more than sixteen bytes";
  expect_rows({
      {"RFC 9112 §5 no blank is needed", with("A:b\r\n"), plain + " | A=b"},
      {"RFC 9112 §5 blanks around the value", with("A: \t b \t \r\n"), plain + " | A=b"},
      {"RFC 9110 §5.5 blanks inside", with("A: b \t c\r\n"), inner},
      {"RFC 9110 §5.5 empty", with("A:\r\n"), nothing},
      {"RFC 9110 §5.5 blanks alone", with("A: \t \r\n"), nothing},
      {"RFC 9110 §5.5 visible and opaque bytes", with("A: \x80\xff\"\\(:\r\n"), text},
      {"RFC 9110 §5.3 the same name again", with("A: b\r\na: c\r\n"), several},
      {"RFC 9110 §5.1 every token character", with("!#$%&'*+-.^_`|~9aZ: b\r\n"), tokens},
      {"RFC 9110 §5.4 longer than a step of the search",
       with("A-Name-Of-More-Than-Sixteen_Bytes: a value of more than sixteen bytes\r\n"), longer},
      {"RFC 9112 §5 unfinished", "GET / HTTP/1.1\r\nHost: a\r\nA: b", "more"},
      {"RFC 9112 §2.1 no empty line", "GET / HTTP/1.1\r\nHost: a\r\n", "more"},
      {"RFC 9112 §2.1 half an empty line", "GET / HTTP/1.1\r\nHost: a\r\n\r", "more"},
  });
}

TEST(FieldLine, IsRefusedWhenTwoServersCouldReadIt) {
  expect_rows({
      {"RFC 9112 §5.1 a blank before the colon", with("A : b\r\n"), "400 bad_header"},
      {"RFC 9112 §5.1 a tab before the colon", with("A\t: b\r\n"), "400 bad_header"},
      {"RFC 9112 §5.1 before that of framing", with("Transfer-Encoding : chunked\r\n"),
       "400 bad_header"},
      {"RFC 9112 §5.2 folded by a blank", with("A: b\r\n c\r\n"), "400 bad_header"},
      {"RFC 9112 §5.2 folded by a tab", with("A: b\r\n\tc\r\n"), "400 bad_header"},
      {"RFC 9112 §5.2 folded to nothing", with("A: b\r\n \r\n"), "400 bad_header"},
      {"RFC 9112 §2.2 a blank before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
       "400 bad_header"},
      {"RFC 9110 §5.1 no name", with(": b\r\n"), "400 bad_header"},
      {"RFC 9112 §5 no colon", with("Ab\r\n"), "400 bad_header"},
      {"RFC 9110 §5.1 a delimiter in the name", with("A(b: c\r\n"), "400 bad_header"},
      {"RFC 9110 §5.1 a name that is not ASCII", with("\xc3\xa9: c\r\n"), "400 bad_header"},
      {"RFC 9110 §5.1 a NUL in the name", with("A\0b: c\r\n"s), "400 bad_header"},
      {"RFC 9110 §5.5 a NUL in the value", with("A: b\0c\r\n"s), "400 bad_bytes"},
      {"RFC 9110 §5.5 a bare CR in the value", with("A: b\rc\r\n"), "400 bad_bytes"},
      {"RFC 9110 §5.5 a CR at its end", with("A: b\r\r\n"), "400 bad_bytes"},
      {"RFC 9110 §5.5 a bare LF in the value", with("A: b\nB: c\r\n"), "400 bad_bytes"},
      {"RFC 9110 §5.5 a bare LF behind the name", with("A:\nB: c\r\n"), "400 bad_bytes"},
      {"RFC 9110 §5.5 a vertical tab",
       with("Transfer-Encoding: \x0b"
            "chunked\r\n"),
       "400 bad_bytes"},
      {"RFC 9110 §5.5 an escape", with("A: \x1b[0m\r\n"), "400 bad_bytes"},
      {"RFC 9110 §5.5 DEL", with("A: \x7f\r\n"), "400 bad_bytes"},
      {"RFC 9112 §2.2 a bare LF for the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\n",
       "400 bad_header"},
      {"RFC 9112 §2.2 a bare CR for the empty line", "GET / HTTP/1.1\r\nHost: a\r\n\rX",
       "400 bad_bytes"},
      {"refused before the head is whole", "GET / HTTP/1.1\r\nHo st: a\r\n", "400 bad_header"},
  });
}

TEST(FieldLine, MayHoldNoControlCharacterAnywhere) {
  for (unsigned c = 0; c < 0x20; ++c) {
    if (c == '\t') continue;
    const std::string byte(1, static_cast<char>(c));
    const std::string name = std::to_string(c);
    expect_row({name, with("A: b" + byte + "c\r\n"), "400 bad_bytes"});
    expect_row({name, with("A" + byte + "b: c\r\n"), "400 bad_header"});
  }
}

}  // namespace
}  // namespace portico::http::h1

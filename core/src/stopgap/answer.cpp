// SPDX-License-Identifier: Apache-2.0
#include "stopgap/answer.h"

#include "base/text.h"
#include "http/status_text.h"

#include <array>
#include <charconv>
#include <chrono>

namespace portico::stopgap {
namespace {

using base::iequals;

[[nodiscard]] bool is_framing(std::string_view name) {
  for (const std::string_view own : {"connection", "content-length", "transfer-encoding", "date",
                                     "keep-alive", "trailer", "upgrade"}) {
    if (iequals(name, own)) return true;
  }
  return false;
}

void append_number(std::string& out, std::uint64_t number, int base = 10) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.begin(), digits.end(), number, base).ptr;
  out.append(digits.begin(), end);
}

void append_two(std::string& out, unsigned number) {
  out += static_cast<char>('0' + number / 10 % 10);
  out += static_cast<char>('0' + number % 10);
}

/// Sun, 06 Nov 1994 08:49:37 GMT
void append_date(std::string& out, std::chrono::microseconds time) {
  using namespace std::chrono;
  constexpr std::string_view Days = "SunMonTueWedThuFriSat";
  constexpr std::string_view Months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const auto day = floor<days>(time);
  const year_month_day date{sys_days(day)};
  const hh_mm_ss<seconds> clock(floor<seconds>(time - day));
  out.append(Days.substr(weekday(sys_days(day)).c_encoding() * 3, 3)).append(", ");
  append_two(out, static_cast<unsigned>(date.day()));
  out += ' ';
  out.append(Months.substr((static_cast<unsigned>(date.month()) - 1) * 3, 3)) += ' ';
  append_number(out, static_cast<std::uint64_t>(static_cast<int>(date.year())));
  out += ' ';
  append_two(out, static_cast<unsigned>(clock.hours().count()));
  out += ':';
  append_two(out, static_cast<unsigned>(clock.minutes().count()));
  out += ':';
  append_two(out, static_cast<unsigned>(clock.seconds().count()));
  out += " GMT";
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

void begin_head(std::string& out, std::uint16_t status) {
  out += "HTTP/1.1 ";
  append_number(out, status);
  out += ' ';
  out.append(http::status_text(status)).append("\r\n");
}

void append_length(std::string& out, std::uint64_t length) {
  out += "Content-Length: ";
  append_number(out, length);
  out += "\r\n";
}

void end_head(std::string& out, const Framing& framing, const base::Clock& clock) {
  out += "Date: ";
  append_date(out, clock.unix_time());
  out += "\r\n";
  if (const auto* none = std::get_if<NoBody>(&framing)) {
    if (none->length) append_length(out, *none->length);
  } else if (const auto* whole = std::get_if<WithLength>(&framing)) {
    append_length(out, whole->length);
  } else if (std::holds_alternative<InChunks>(framing)) {
    append_field(out, "Transfer-Encoding", "chunked");
  }
  out += "Connection: close\r\n\r\n";
}

}  // namespace

void append_head(std::string& out, const Response& response, const Framing& framing,
                 const base::Clock& clock) {
  begin_head(out, static_cast<std::uint16_t>(response.status()));
  const Headers& headers = response.headers();
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const Headers::Entry entry = headers[i];
    if (!is_framing(entry.name)) append_field(out, entry.name, entry.value);
  }
  end_head(out, framing, clock);
}

void append_admin_answer(std::string& out, const admin::AdminResponse& response,
                         std::string_view method, const base::Clock& clock) {
  begin_head(out, static_cast<std::uint16_t>(response.status));
  for (const auto& [name, value] : response.headers) append_field(out, name, value);
  end_head(out, WithLength{response.body.size()}, clock);
  if (method != "HEAD") out += response.body;
}

void append_chunk(std::string& out, std::string_view bytes) {
  append_number(out, bytes.size(), 16);
  out += "\r\n";
  out.append(bytes).append("\r\n");
}

}  // namespace portico::stopgap

// SPDX-License-Identifier: Apache-2.0
#include "services/log/access_record.h"

#include "services/log/line.h"

namespace portico::services {
namespace {

// Bytes of output. Together with the names of the fields they stay below MaxAccessLine.
constexpr std::size_t MostTarget = 8 * 1024;
constexpr std::size_t MostText = 2 * 1024;  // User-Agent, Referer.
constexpr std::size_t MostName = 512;       // Host, request id, method, route.

struct Target {
  explicit Target(std::string_view target)
      : path(target.substr(0, target.find('?'))), query(target.substr(path.size())) {
    if (!query.empty()) query.remove_prefix(1);
  }
  std::string_view path;
  std::string_view query;
};

/// `put` takes a line, a text and how much of the line it may fill.
template <class PutEscaped>
void put_masked(Line& line, const QueryMask& mask, std::string_view query, std::size_t most,
                PutEscaped put) {
  mask.masked(query, [&](std::string_view piece) {
    if (most == 0) return;
    const std::size_t before = line.room();
    put(line, piece, most);
    const std::size_t used = before - line.room();
    most -= used < most ? used : most;
  });
}

/// An address, and the query in it masked.
template <class PutEscaped>
void put_address(Line& line, const QueryMask& mask, std::string_view address, std::size_t most,
                 PutEscaped put) {
  const std::size_t question = address.find('?');
  if (question == std::string_view::npos) return put(line, address, most);
  const std::size_t before = line.room();
  put(line, address.substr(0, question + 1), most);
  const std::size_t used = before - line.room();
  if (used < most) put_masked(line, mask, address.substr(question + 1), most - used, put);
}

void put_json(Line& line, std::string_view text, std::size_t most) noexcept {
  put_escaped(line, text, most, Quotes::Escaped);
}

void put_seconds(Line& line, std::chrono::nanoseconds duration) noexcept {
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
  const auto microseconds = static_cast<std::uint64_t>(whole > 0 ? whole : 0);
  line.put_number(microseconds / 1'000'000);
  line.put('.');
  line.put_digits(microseconds % 1'000'000, 6);
}

void put_request(Line& line, const AccessRecord& record, const QueryMask& mask) {
  const Target target(record.target);
  line.put(R"(","request_id":")");
  put_json(line, record.request_id, MostName);
  line.put(R"(","client":")");
  put_json(line, record.client, MostName);
  line.put(R"(","method":")");
  put_json(line, record.method, MostName);
  line.put(R"(","path":")");
  put_json(line, target.path, MostTarget / 2);
  line.put(R"(","query":")");
  put_masked(line, mask, target.query, MostTarget / 2, put_json);
  line.put(R"(","host":")");
  put_json(line, record.host, MostName);
  line.put(R"(","protocol":")");
  put_json(line, record.protocol, MostName);
}

void put_answer(Line& line, const AccessRecord& record) {
  line.put(R"(","status":)");
  line.put_number(record.status);
  line.put(R"(,"bytes_received":)");
  line.put_number(record.bytes_received);
  line.put(R"(,"bytes_sent":)");
  line.put_number(record.bytes_sent);
  line.put(R"(,"duration":)");
  put_seconds(line, record.duration);
  line.put(R"(,"route":")");
  put_json(line, record.route, MostName);
}

void put_upstream(Line& line, const AccessRecord& record) {
  if (record.tries == 0) return;
  line.put(R"(,"endpoint":")");
  put_json(line, record.endpoint, MostName);
  line.put(R"(","tries":)");
  line.put_number(record.tries);
  line.put(R"(,"upstream_duration":)");
  put_seconds(line, record.upstream_duration);
  if (record.upstream_error.empty()) return;
  line.put(R"(,"upstream_error":")");
  put_json(line, record.upstream_error, MostName);
  line.put('"');
}

void write_json(const AccessRecord& record, const QueryMask& mask, TimeText& time, Line& line) {
  line.put(R"({"time":")");
  time.put_rfc3339(line, record.time);
  put_request(line, record, mask);
  put_answer(line, record);
  line.put(R"(","user_agent":")");
  put_json(line, record.user_agent, MostText);
  line.put(R"(","referer":")");
  put_address(line, mask, record.referer, MostText, put_json);
  line.put(R"(","ended":")");
  line.put(record.ended);
  if (!record.error.empty()) {
    line.put(R"(","error":")");
    put_json(line, record.error, MostName);
  }
  line.put('"');
  put_upstream(line, record);
  line.put("}\n");
}

/// Nothing is said by a hyphen.
void put_or_hyphen(Line& line, std::string_view text, std::size_t most) {
  if (text.empty()) return line.put('-');
  put_hex_escaped(line, text, most);
}

void put_request_line(Line& line, const AccessRecord& record, const QueryMask& mask) {
  if (record.method.empty()) return line.put('-');
  put_hex_escaped(line, record.method, MostName);
  line.put(' ');
  put_address(line, mask, record.target, MostTarget, put_hex_escaped);
  line.put(' ');
  put_hex_escaped(line, record.protocol, MostName);
}

void write_combined(const AccessRecord& record, const QueryMask& mask, TimeText& time, Line& line) {
  put_or_hyphen(line, record.client, MostName);
  line.put(" - - [");
  time.put_combined(line, record.time);
  line.put("] \"");
  put_request_line(line, record, mask);
  line.put("\" ");
  line.put_digits(record.status, 3);
  line.put(' ');
  line.put_number(record.body_bytes_sent);
  line.put(" \"");
  if (record.referer.empty()) line.put('-');
  put_address(line, mask, record.referer, MostText, put_hex_escaped);
  line.put("\" \"");
  put_or_hyphen(line, record.user_agent, MostText);
  line.put("\"\n");
}

}  // namespace

std::size_t AccessForm::write(const AccessRecord& record, TimeText& time,
                              std::span<char> room) const noexcept {
  Line line(room);
  if (format == AccessFormat::Json) {
    write_json(record, mask, time, line);
  } else {
    write_combined(record, mask, time, line);
  }
  return line.text().size();
}

}  // namespace portico::services

// SPDX-License-Identifier: Apache-2.0
#include "http/h1/response_parser.h"

#include "base/text.h"
#include "http/h1/characters.h"
#include "http/h1/faults.h"
#include "http/h1/fields.h"

namespace portico::http::h1 {
namespace {

/// "HTTP/1.1 200"
constexpr std::size_t CodeEnd = 12;
constexpr std::string_view Version = "HTTP/1.";

/// "HTTP/1.1 200", and a blank before what follows. That blank is forgotten by some servers when
/// nothing does, and does not matter.
[[nodiscard]] bool begins_well(std::string_view line) noexcept {
  const bool version =
      line.size() >= CodeEnd && line.starts_with(Version) && (line[7] == '0' || line[7] == '1');
  return version && line[8] == ' ' && line[9] >= '1' && line[9] <= '9' &&
         base::is_digit(line[10]) && base::is_digit(line[11]) &&
         (line.size() == CodeEnd || line[CodeEnd] == ' ');
}

[[nodiscard]] unsigned digit(char c) noexcept { return static_cast<unsigned>(c - '0'); }

/// 1xx and 204 have none, whatever their fields say; 304 neither, but tells what 200 would have.
[[nodiscard]] bool never_has_body(unsigned status) noexcept {
  return status < 200 || status == 204;
}

}  // namespace

ResponseParser::ResponseParser(const HeadLimits& limits)
    : reader_(limits, {limits.head_bytes, faults::HeadTooLarge}) {}

void ResponseParser::reset() noexcept { reader_.reset(); }

Parsed ResponseParser::parse(std::string_view bytes, std::string_view method) noexcept {
  return reader_.read(
      bytes, [this] { return read_line(); }, [this, method] { return settle(method); });
}

Parsed ResponseParser::read_line() noexcept {
  const char* const begin = reader_.line();
  const char* const end = reader_.end();
  const char* const stop = skip_text(begin, end);
  const std::string_view line(begin, static_cast<std::size_t>(stop - begin));
  const bool ends_well = end - stop >= 2 && stop[0] == '\r' && stop[1] == '\n';
  if (!ends_well || !begins_well(line)) return reader_.fail(faults::StatusLine);
  head_.minor_version = static_cast<std::uint8_t>(digit(line[7]));
  head_.status =
      static_cast<std::uint16_t>(digit(line[9]) * 100 + digit(line[10]) * 10 + digit(line[11]));
  head_.reason = line.size() > CodeEnd ? line.substr(CodeEnd + 1) : std::string_view();
  reader_.start(stop + 2);
  return Parsed::Done;
}

const Refusal* ResponseParser::settle(std::string_view method) noexcept {
  const KnownFields& known = reader_.known();
  head_.fields = reader_.fields();
  if (const Refusal* const fault = settle_body(method)) return fault;
  const bool modern = head_.minor_version != 0;
  head_.keep_alive = !known.closes && (modern || known.keeps_alive) &&
                     head_.body.kind != BodyFraming::Kind::UntilClose && head_.status != 101;
  head_.upgrade = known.offered();
  return nullptr;
}

const Refusal* ResponseParser::settle_body(std::string_view method) noexcept {
  const KnownFields& known = reader_.known();
  head_.body = {};
  head_.content_length.reset();
  if (known.framing_unclear) return &faults::Framing;
  if (known.length != nullptr) {
    head_.content_length = content_length(known.length->value);
    if (!head_.content_length) return &faults::Framing;
  }
  if (known.encoding != nullptr) {
    if (known.length != nullptr || head_.minor_version == 0) return &faults::Framing;
    if (!is_chunked(known.encoding->value)) return &faults::Framing;
  }
  if (never_has_body(head_.status)) {
    // An upstream that says otherwise may send one, which would be read as the next response.
    const bool claims = known.encoding != nullptr || head_.content_length.value_or(0) != 0;
    return claims ? &faults::Framing : nullptr;
  }
  if (method == "HEAD" || head_.status == 304) return nullptr;
  if (known.encoding != nullptr) {
    head_.body.kind = BodyFraming::Kind::Chunked;
  } else if (head_.content_length) {
    head_.body = {BodyFraming::Kind::Length, *head_.content_length};
  } else {
    head_.body.kind = BodyFraming::Kind::UntilClose;
  }
  return nullptr;
}

}  // namespace portico::http::h1

// SPDX-License-Identifier: Apache-2.0
#include "stopgap/head.h"

#include "base/text.h"
#include "http/header_list.h"

#include <algorithm>
#include <limits>

namespace portico::stopgap {
namespace {

using base::iequals;

constexpr std::size_t LongestMethod = 32;
constexpr std::size_t VersionLength = 8;
constexpr Refusal BadLine{400, "bad_request_line", "The request line is malformed."};
constexpr Refusal BadField{400, "bad_header", "A header field is malformed."};
constexpr Refusal BadFraming{400, "bad_framing", "The length of the body is not clear."};
constexpr Refusal BadHost{400, "bad_host", "A request needs exactly one Host."};
constexpr Refusal BadBytes{400, "bad_bytes", "The head holds bytes that it must not hold."};

[[nodiscard]] bool is_visible(char c) { return c > 0x20 && c < 0x7f; }

[[nodiscard]] std::string_view trim_blanks(std::string_view text) {
  constexpr std::string_view Blanks = " \t";
  const std::size_t first = text.find_first_not_of(Blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(Blanks) - first + 1);
}

[[nodiscard]] std::optional<std::uint64_t> parse_length(std::string_view digits) {
  if (digits.empty() || digits.size() > 18) return std::nullopt;
  std::uint64_t length = 0;
  for (const char c : digits) {
    if (!base::is_digit(c)) return std::nullopt;
    length = length * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return length;
}

/// Takes the line that `bytes` begins with, without its end.
[[nodiscard]] std::string_view take_line(std::string_view& bytes) {
  const std::size_t end = bytes.find("\r\n");
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end + 2);
  return line;
}

[[nodiscard]] std::optional<Refusal> parse_version(std::string_view version, Head& head) {
  if (version == "HTTP/1.1" || version == "HTTP/1.0") {
    head.minor_version = version.back() - '0';
    return std::nullopt;
  }
  const bool well_formed = version.size() == VersionLength && version.starts_with("HTTP/") &&
                           base::is_digit(version[5]) && version[6] == '.' &&
                           base::is_digit(version[7]);
  if (!well_formed) return BadLine;
  return Refusal{505, "http_version", "This server speaks HTTP/1.1."};
}

[[nodiscard]] std::optional<Refusal> parse_request_line(std::string_view line, Head& head) {
  const std::size_t first = line.find(' ');
  const std::size_t second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  if (second == std::string_view::npos) return BadLine;
  head.method = line.substr(0, first);
  head.target = line.substr(first + 1, second - first - 1);
  if (!detail::is_token(head.method) || head.method.size() > LongestMethod) return BadLine;
  if (head.target.empty() || !std::all_of(head.target.begin(), head.target.end(), is_visible)) {
    return BadLine;
  }
  return parse_version(line.substr(second + 1), head);
}

[[nodiscard]] std::optional<Refusal> parse_field(std::string_view line, Head& head) {
  const std::size_t colon = line.find(':');
  // A blank before the colon or at the begin of a line (folding) is not a token: one of the two
  // servers in a row would see another field there.
  if (colon == std::string_view::npos || !detail::is_token(line.substr(0, colon))) return BadField;
  const HeadField field{line.substr(0, colon), trim_blanks(line.substr(colon + 1))};
  if (!detail::is_field_value(field.value)) return BadField;
  head.fields.push_back(field);
  return std::nullopt;
}

/// What the fields say of the message itself. Each of them at most once, so that nobody has to
/// choose.
struct Framing {
  std::optional<std::string_view> host, length, encoding, expect;
  bool repeated = false;

  void see(const HeadField& field) {
    if (iequals(field.name, "host")) note(host, field.value);
    if (iequals(field.name, "content-length")) note(length, field.value);
    if (iequals(field.name, "transfer-encoding")) note(encoding, field.value);
    if (iequals(field.name, "expect")) note(expect, field.value);
  }
  void note(std::optional<std::string_view>& place, std::string_view value) {
    repeated = repeated || place.has_value();
    place = value;
  }
};

[[nodiscard]] std::optional<Refusal> settle_framing(Head& head) {
  Framing framing;
  for (const HeadField& field : head.fields) framing.see(field);
  if (!framing.host || framing.host->empty()) return BadHost;
  if (framing.repeated) return BadFraming;
  head.host = *framing.host;
  if (framing.encoding) {
    // With a Content-Length beside it, or in 1.0, the next server may believe the other one.
    if (framing.length || head.minor_version == 0) return BadFraming;
    if (!iequals(*framing.encoding, "chunked")) return BadFraming;
    head.chunked = true;
  }
  if (framing.length) {
    head.content_length = parse_length(*framing.length);
    if (!head.content_length) return BadFraming;
  }
  if (framing.expect && head.minor_version == 1) {
    if (!iequals(*framing.expect, "100-continue")) {
      return Refusal{417, "expectation_failed", "Only 100-continue may be expected."};
    }
    head.expects_continue = true;
  }
  return std::nullopt;
}

}  // namespace

std::variant<HeadScanner::More, HeadScanner::Found, Refusal> HeadScanner::scan(
    std::string_view bytes) {
  for (; at_ < bytes.size(); ++at_) {
    const char c = bytes[at_];
    if ((c == '\n') != after_cr_ || c == '\0') return BadBytes;
    after_cr_ = c == '\r';
    if (const auto refusal = check_limits()) return *refusal;
    if (c != '\n') continue;
    // One empty line before the request line is what some clients send after a body.
    const bool empty = at_ - line_ == 1;
    if (empty && lines_ > 0) return Found{at_ + 1};
    if (empty && line_ > 0) return BadLine;
    if (!empty) ++lines_;
    line_ = at_ + 1;
  }
  return More{};
}

std::optional<Refusal> HeadScanner::check_limits() const {
  if (lines_ == 0 && at_ - line_ > limits_.target + LongestMethod + VersionLength + 3) {
    return Refusal{414, "uri_too_long", "The request's target is too long."};
  }
  if (at_ >= limits_.bytes || lines_ > limits_.fields + 1) {
    return Refusal{431, "headers_too_large", "The request's header fields are too large."};
  }
  return std::nullopt;
}

std::variant<Head, Refusal> parse_head(std::string_view bytes) {
  if (bytes.starts_with("\r\n")) bytes.remove_prefix(2);
  Head head;
  if (const auto refusal = parse_request_line(take_line(bytes), head)) return *refusal;
  while (bytes != "\r\n") {
    if (const auto refusal = parse_field(take_line(bytes), head)) return *refusal;
  }
  if (const auto refusal = settle_framing(head)) return *refusal;
  return head;
}

}  // namespace portico::stopgap

// SPDX-License-Identifier: Apache-2.0
#include "http/h1/request_parser.h"

#include "base/text.h"
#include "http/h1/characters.h"
#include "http/h1/faults.h"
#include "http/h1/fields.h"

#include <algorithm>
#include <optional>

namespace portico::http::h1 {
namespace {

/// No method that anybody uses is longer.
constexpr std::size_t LongestMethod = 32;
constexpr std::size_t VersionLength = 8;
/// A client's stray line end after a body is one; RFC 9112 wants at least that to be borne.
constexpr std::size_t MostEmptyLines = 2;

[[nodiscard]] std::string_view view(const char* begin, const char* end) noexcept {
  return {begin, static_cast<std::size_t>(end - begin)};
}

/// Whether "HTTP/1.0" or "HTTP/1.1" ends the line.
[[nodiscard]] bool is_served(std::string_view rest) noexcept {
  return rest.size() >= VersionLength + 2 && rest.starts_with("HTTP/1.") &&
         (rest[7] == '1' || rest[7] == '0') && rest[8] == '\r' && rest[9] == '\n';
}

}  // namespace

RequestParser::RequestParser(const HeadLimits& limits)
    : reader_(limits, {LongestMethod + 1 + limits.target_bytes + 1 + VersionLength,
                       faults::TargetTooLong}) {}

void RequestParser::reset() noexcept { reader_.reset(); }

Parsed RequestParser::parse(std::string_view bytes) noexcept {
  return reader_.read(
      bytes, [this] { return read_line(); }, [this] { return settle(); });
}

/// Done: the request line begins at `reader_.line()`.
Parsed RequestParser::skip_empty_lines() noexcept {
  for (;;) {
    const char* const at = reader_.line();
    if (at == reader_.end()) return reader_.wait();
    if (*at != '\r') return Parsed::Done;
    if (reader_.end() - at < 2 || at[1] != '\n') return reader_.fail(faults::Line);
    // Only empty lines stand before this one.
    if (reader_.size() >= MostEmptyLines * 2) return reader_.fail(faults::Line);
    reader_.skip_line(at + 2);
  }
}

Parsed RequestParser::read_line() noexcept {
  if (const Parsed found = skip_empty_lines(); found != Parsed::Done) return found;
  const char* const begin = reader_.line();
  const char* const end = reader_.end();
  const char* const method = skip_token(begin, end);
  if (method == end || *method != ' ' || method == begin) return reader_.fail(faults::Line);
  if (static_cast<std::size_t>(method - begin) > LongestMethod) return reader_.fail(faults::Method);
  const char* const target = skip_target(method + 1, end);
  head_.method = view(begin, method);
  head_.target = view(method + 1, target);
  if (target == end || *target != ' ') return refuse_target(target);
  if (head_.target.size() > reader_.limits().target_bytes) {
    return reader_.fail(faults::TargetTooLong);
  }
  if (head_.target.empty()) return reader_.fail(faults::Line);
  const char* const version = target + 1;
  if (!is_served(view(version, end))) return refuse_version(version);
  head_.minor_version = static_cast<std::uint8_t>(version[7] - '0');
  reader_.start(version + VersionLength + 2);
  return Parsed::Done;
}

/// The target ends in something else than a blank.
Parsed RequestParser::refuse_target(const char* stop) noexcept {
  // "GET /" is the whole of HTTP/0.9.
  const bool nothing_follows = reader_.end() - stop >= 2 && stop[0] == '\r' && stop[1] == '\n';
  if (nothing_follows && head_.method == "GET" && head_.target.starts_with('/')) {
    return reader_.fail(faults::Version);
  }
  if (head_.target.size() > reader_.limits().target_bytes) {
    return reader_.fail(faults::TargetTooLong);
  }
  return reader_.fail(nothing_follows ? faults::Line : faults::Target);
}

/// What follows the target is no version that is served.
Parsed RequestParser::refuse_version(const char* version) noexcept {
  const char* const end = reader_.end();
  const std::string_view text = view(version, skip_target(version, end));
  const char* const behind = version + text.size();
  const bool well_formed = text.size() == VersionLength && text.starts_with("HTTP/") &&
                           base::is_digit(text[5]) && text[6] == '.' && base::is_digit(text[7]) &&
                           end - behind >= 2 && behind[0] == '\r' && behind[1] == '\n';
  return reader_.fail(well_formed ? faults::Version : faults::Line);
}

const Refusal* RequestParser::settle() noexcept {
  const KnownFields& known = reader_.known();
  head_.fields = reader_.fields();
  if (const Refusal* const fault = settle_target()) return fault;
  if (const Refusal* const fault = settle_host()) return fault;
  if (const Refusal* const fault = settle_body()) return fault;
  if (known.expects_other) return &faults::Expectation;
  const bool modern = head_.minor_version != 0;
  const bool has_body = head_.body.kind == BodyFraming::Kind::Chunked || head_.body.length != 0;
  head_.expects_continue = modern && known.expects_continue && has_body;
  head_.keep_alive = !known.closes && (modern || known.keeps_alive);
  head_.upgrade = modern ? known.offered() : std::string_view();
  return nullptr;
}

const Refusal* RequestParser::settle_target() noexcept {
  const std::string_view target = head_.target;
  head_.form = TargetForm::Origin;
  head_.scheme = head_.host = {};
  if (head_.method == "CONNECT") return &faults::Tunnel;
  if (target == "*") {
    if (head_.method != "OPTIONS") return &faults::Target;
    head_.form = TargetForm::Asterisk;
  } else if (target.front() != '/') {
    return settle_absolute();
  }
  split(target);
  return nullptr;
}

/// The target does not begin with '/'.
const Refusal* RequestParser::settle_absolute() noexcept {
  const std::string_view target = head_.target;
  const std::size_t colon = target.find("://");
  if (colon == std::string_view::npos) {
    return is_authority(target) && target.find(':') != std::string_view::npos ? &faults::Tunnel
                                                                              : &faults::Target;
  }
  head_.form = TargetForm::Absolute;
  head_.scheme = target.substr(0, colon);
  if (!is_name(head_.scheme, "http") && !is_name(head_.scheme, "https")) return &faults::Target;
  const std::string_view rest = target.substr(colon + 3);
  const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
  head_.host = rest.substr(0, end);
  // No user information: "http://trusted@elsewhere/" is there to mislead.
  if (!is_authority(head_.host)) return &faults::Target;
  split(rest.substr(end));
  return nullptr;
}

void RequestParser::split(std::string_view target) noexcept {
  const std::size_t question = target.find('?');
  head_.path = target.substr(0, question);
  head_.query =
      question == std::string_view::npos ? std::string_view() : target.substr(question + 1);
}

const Refusal* RequestParser::settle_host() noexcept {
  const KnownFields& known = reader_.known();
  if (known.host_repeated) return &faults::Host;
  if (known.host == nullptr) return head_.minor_version == 0 ? nullptr : &faults::Host;
  if (!is_authority(known.host->value)) return &faults::Host;
  if (head_.form == TargetForm::Absolute) {
    // RFC 9112 §3.2.2: the target's authority holds, and nobody may see another one.
    known.host->value = head_.host;
  } else {
    head_.host = known.host->value;
  }
  return nullptr;
}

const Refusal* RequestParser::settle_body() noexcept {
  const KnownFields& known = reader_.known();
  head_.body = {};
  if (known.framing_unclear) return &faults::Framing;
  if (known.encoding != nullptr) {
    // With a length beside it, or in 1.0, the next server may believe the other one and take the
    // rest of the body for a request.
    if (known.length != nullptr || head_.minor_version == 0) return &faults::Framing;
    if (!is_chunked(known.encoding->value)) return &faults::Framing;
    head_.body.kind = BodyFraming::Kind::Chunked;
  } else if (known.length != nullptr) {
    const auto length = content_length(known.length->value);
    if (!length) return &faults::Framing;
    head_.body = {BodyFraming::Kind::Length, *length};
  }
  return nullptr;
}

}  // namespace portico::http::h1

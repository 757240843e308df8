// SPDX-License-Identifier: Apache-2.0
#include "message/forwarding.h"

#include "message/field_rules.h"
#include "shared/http_token.h"

#include <optional>

namespace portico::proxy {
namespace {

constexpr std::string_view Via = "1.1 portico";

/// The members that the field has so far, ready for one more, in `draft`.
Draft& begin_member(const Headers& headers, std::string_view name, Draft& draft) {
  draft.clear();
  for (std::size_t i = 0; i < headers.size(); ++i) {
    if (!same_letters(headers[i].name, name) || headers[i].value.empty()) continue;
    draft += headers[i].value;
    draft += ", ";
  }
  return draft;
}

/// Which of the fields that matter here a request has: one look at all of them, and most of those
/// that are told need no search for what they replace.
Forwarding::Seen look(const Headers& headers) noexcept {
  using Seen = Forwarding::Seen;
  Seen seen;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const std::string_view name = headers[i].name;
    switch (name.size()) {
      case 3: seen.note(Seen::Via, same_letters(name, "Via")); break;
      case 10: seen.note(Seen::TraceState, same_letters(name, "tracestate")); break;
      case 11:
        seen.note(Seen::Traces, seen.has(Seen::Trace) && same_letters(name, "traceparent"));
        seen.note(Seen::Trace, same_letters(name, "traceparent"));
        break;
      case 12: seen.note(Seen::RequestId, same_letters(name, "X-Request-Id")); break;
      case 15: seen.note(Seen::For, same_letters(name, "X-Forwarded-For")); break;
      case 16:
        seen.note(Seen::Host, same_letters(name, "X-Forwarded-Host"));
        seen.note(Seen::Port, same_letters(name, "X-Forwarded-Port"));
        break;
      default: break;
    }
  }
  return seen;
}

void put(Headers& headers, std::string_view name, std::string_view value, Forwarding::Seen seen,
         Forwarding::Seen::Field field) {
  if (seen.has(field)) {
    headers.set(name, value);
  } else {
    headers.add(name, value);
  }
}

void append_quoted(std::string_view text, Draft& draft) {
  draft += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') draft += '\\';
    draft += c;
  }
  draft += '"';
}

void append_node(std::string_view address, Draft& draft) {
  if (address.find(':') != std::string_view::npos) {
    draft += "\"[";
    draft += address;
    draft += "]\"";
  } else if (is_token(address)) {
    draft += address;
  } else {
    draft += "unknown";  // A client on a socket in the file system.
  }
}

}  // namespace

void ForwardingSettings::describe(Schema<ForwardingSettings>& s) {
  using Self = ForwardingSettings;
  s.summary("What upstreams are told of the client and of the request's way.");
  s.field("x_forwarded_for", &Self::x_forwarded_for,
          "X-Forwarded-For: the addresses that the request has come by, the client's first.");
  s.field("x_forwarded_proto", &Self::x_forwarded_proto, "X-Forwarded-Proto: http or https.");
  s.field("x_forwarded_host", &Self::x_forwarded_host, "X-Forwarded-Host: the client's Host.");
  s.field("x_forwarded_port", &Self::x_forwarded_port, "X-Forwarded-Port: the port it asked.");
  s.field("x_forwarded_prefix", &Self::x_forwarded_prefix,
          "X-Forwarded-Prefix: what `strip_prefix` has taken from the path.");
  s.field("x_real_ip", &Self::x_real_ip, "X-Real-IP: the client's address alone.");
  s.field("forwarded", &Self::forwarded, "Forwarded, as RFC 7239 has it.");
  s.field("via", &Self::via, "Via: 1.1 portico.");
  s.field("x_request_id", &Self::x_request_id,
          "X-Request-Id: the id that Portico's own log has of the request.");
  s.field("trace", &Self::trace,
          "traceparent of W3C Trace Context: of a trusted proxy it is continued, else begun.");
}

Forwarding::Forwarding(const ForwardingSettings& settings) : settings_(settings) {
  for (FixedHeaders* const fixed : {&http_, &https_}) {
    const bool https = fixed == &https_;
    if (settings.x_forwarded_proto) fixed->set("X-Forwarded-Proto", https ? "https" : "http");
    if (settings.via) fixed->set("Via", Via);
  }
}

void Forwarding::apply(Headers& headers, const Way& way, Chance& chance, Draft& draft) const {
  const Seen seen = look(headers);
  draft.clear();
  if (settings_.via && seen.has(Seen::Via)) begin_member(headers, "Via", draft) += Via;
  const FixedHeaders& fixed = way.scheme == "https" ? https_ : http_;
  if (fixed.size() != 0) headers.set(fixed);
  if (!draft.empty()) headers.set("Via", draft);
  tell_client(headers, way, seen, draft);
  tell_host(headers, way, seen);
  if (settings_.x_forwarded_prefix && !way.prefix.empty()) tell_prefix(headers, way, draft);
  if (settings_.x_request_id) put(headers, "X-Request-Id", way.request_id, seen, Seen::RequestId);
  if (settings_.trace) tell_trace(headers, way, seen, chance);
}

void Forwarding::tell_client(Headers& headers, const Way& way, Seen seen, Draft& draft) const {
  if (settings_.x_forwarded_for) {
    constexpr std::string_view Name = "X-Forwarded-For";
    if (seen.has(Seen::For)) {
      headers.set(Name, begin_member(headers, Name, draft) += way.peer);
    } else {
      headers.add(Name, way.peer);
    }
  }
  if (settings_.x_real_ip) headers.set("X-Real-IP", way.client);
  if (!settings_.forwarded) return;
  append_forwarded(way, begin_member(headers, "Forwarded", draft));
  headers.set("Forwarded", draft);
}

/// What a trusted proxy says of them it has seen itself.
void Forwarding::tell_host(Headers& headers, const Way& way, Seen seen) const {
  if (settings_.x_forwarded_host && !seen.has(Seen::Host) && !way.host.empty()) {
    headers.add("X-Forwarded-Host", way.host);
  }
  if (settings_.x_forwarded_port && !seen.has(Seen::Port)) {
    headers.add("X-Forwarded-Port", port_of(way));
  }
}

/// A trusted proxy may have taken some before us.
void Forwarding::tell_prefix(Headers& headers, const Way& way, Draft& draft) {
  constexpr std::string_view Name = "X-Forwarded-Prefix";
  draft.clear();
  draft.append(headers.get(Name).value_or("")).append(way.prefix);
  headers.set(Name, draft);
}

void Forwarding::tell_trace(Headers& headers, const Way& way, Seen seen, Chance& chance) {
  constexpr std::string_view Name = "traceparent";
  std::optional<TraceContext> received;
  if (way.trusted && seen.has(Seen::Trace) && !seen.has(Seen::Traces)) {
    received = parse_traceparent(headers.get(Name).value_or(""));
  }
  // A stranger's trace would mix his requests with ours, and choose what is kept.
  if (!received && seen.has(Seen::TraceState)) headers.remove("tracestate");
  const TraceContext ours =
      received ? continued(*received, chance()) : begun(chance(), chance(), chance());
  const TraceContext::Text text = ours.text();
  put(headers, Name, {text.data(), text.size()}, seen, Seen::Trace);
}

void append_forwarded(const Way& way, Draft& draft) {
  draft += "for=";
  append_node(way.peer, draft);
  if (!way.host.empty()) {
    draft += ";host=";
    if (is_token(way.host))
      draft += way.host;
    else
      append_quoted(way.host, draft);
  }
  draft += ";proto=";
  draft += way.scheme;
}

std::string_view port_of(const Way& way) noexcept {
  const std::size_t colon = way.host.rfind(':');
  const bool has_port = colon != std::string_view::npos && colon + 1 < way.host.size() &&
                        way.host.find(']', colon) == std::string_view::npos;
  if (has_port) return way.host.substr(colon + 1);
  return way.scheme == "https" ? "443" : "80";
}

}  // namespace portico::proxy

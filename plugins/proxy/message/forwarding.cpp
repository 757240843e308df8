// SPDX-License-Identifier: Apache-2.0
#include "message/forwarding.h"

#include "message/field_rules.h"

namespace portico::proxy {
namespace {

constexpr std::string_view Via = "1.1 portico";

/// The members that the field has so far, ready for one more, in `draft`.
Draft& begin_member(const Headers& headers, std::string_view name, Draft& draft) {
  draft.clear();
  for (std::size_t i = 0; i < headers.size(); ++i) {
    if (!same(headers[i].name, name) || headers[i].value.empty()) continue;
    draft += headers[i].value;
    draft += ", ";
  }
  return draft;
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
  s.field("x_real_ip", &Self::x_real_ip, "X-Real-IP: the client's address alone.");
  s.field("forwarded", &Self::forwarded, "Forwarded, as RFC 7239 has it.");
  s.field("via", &Self::via, "Via: 1.1 portico.");
  s.field("x_request_id", &Self::x_request_id,
          "X-Request-Id: the id that Portico's own log has of the request.");
  s.field("trace", &Self::trace,
          "traceparent of W3C Trace Context: of a trusted proxy it is continued, else begun.");
}

Forwarding::Forwarding(const ForwardingSettings& settings) : settings_(settings) {
  if (!settings.x_forwarded_proto) return;
  http_.set("X-Forwarded-Proto", "http");
  https_.set("X-Forwarded-Proto", "https");
}

void Forwarding::apply(Headers& headers, const Way& way, Chance& chance, Draft& draft) const {
  if (settings_.x_forwarded_proto) headers.set(way.scheme == "https" ? https_ : http_);
  tell_client(headers, way, draft);
  tell_host(headers, way);
  if (settings_.via) headers.set("Via", begin_member(headers, "Via", draft) += Via);
  if (settings_.x_request_id) headers.set("X-Request-Id", way.request_id);
  if (settings_.trace) tell_trace(headers, way, chance);
}

void Forwarding::tell_client(Headers& headers, const Way& way, Draft& draft) const {
  if (settings_.x_forwarded_for) {
    constexpr std::string_view Name = "X-Forwarded-For";
    headers.set(Name, begin_member(headers, Name, draft) += way.peer);
  }
  if (settings_.x_real_ip) headers.set("X-Real-IP", way.client);
  if (!settings_.forwarded) return;
  append_forwarded(way, begin_member(headers, "Forwarded", draft));
  headers.set("Forwarded", draft);
}

/// What a trusted proxy says of them it has seen itself.
void Forwarding::tell_host(Headers& headers, const Way& way) const {
  if (settings_.x_forwarded_host && !headers.has("X-Forwarded-Host") && !way.host.empty()) {
    headers.set("X-Forwarded-Host", way.host);
  }
  if (settings_.x_forwarded_port && !headers.has("X-Forwarded-Port")) {
    headers.set("X-Forwarded-Port", port_of(way));
  }
}

void Forwarding::tell_trace(Headers& headers, const Way& way, Chance& chance) {
  constexpr std::string_view Name = "traceparent";
  std::size_t count = 0;
  for (std::size_t i = 0; i < headers.size(); ++i) count += same(headers[i].name, Name) ? 1U : 0U;
  const auto given = way.trusted && count == 1 ? headers.get(Name) : std::nullopt;
  const auto received = given ? parse_traceparent(*given) : std::nullopt;
  // A stranger's trace would mix his requests with ours, and choose what is kept.
  if (!received) headers.remove("tracestate");
  const TraceContext ours =
      received ? continued(*received, chance()) : begun(chance(), chance(), chance());
  const TraceContext::Text text = ours.text();
  headers.set(Name, {text.data(), text.size()});
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

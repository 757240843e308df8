// SPDX-License-Identifier: Apache-2.0
#include "field_rules.h"

#include "shared/http_token.h"

#include <algorithm>
#include <array>

namespace portico::headers {
namespace {

struct OwnKey {
  std::string_view header;
  std::string_view key;
};

/// Headers that have a key of their own. One way to say a thing keeps it from being said twice.
constexpr std::array OwnKeys = {
    OwnKey{"Content-Security-Policy", "content_security_policy"},
    OwnKey{"Content-Security-Policy-Report-Only", "content_security_policy: {report_only: true}"},
    OwnKey{"Cross-Origin-Embedder-Policy", "cross_origin_embedder_policy"},
    OwnKey{"Cross-Origin-Opener-Policy", "cross_origin_opener_policy"},
    OwnKey{"Cross-Origin-Resource-Policy", "cross_origin_resource_policy"},
    OwnKey{"Origin-Agent-Cluster", "origin_agent_cluster"},
    OwnKey{"Referrer-Policy", "referrer_policy"},
    OwnKey{"Strict-Transport-Security", "strict_transport_security"},
    OwnKey{"X-Content-Type-Options", "content_type_options"},
    OwnKey{"X-DNS-Prefetch-Control", "dns_prefetch_control"},
    OwnKey{"X-Download-Options", "download_options"},
    OwnKey{"X-Frame-Options", "frame_options"},
    OwnKey{"X-Permitted-Cross-Domain-Policies", "permitted_cross_domain_policies"},
    OwnKey{"X-XSS-Protection", "xss_protection"},
    OwnKey{"X-Powered-By", "powered_by"},
};

/// What frames a message or belongs to one connection. Written by hand it would let a client and
/// the gateway disagree on where an answer ends.
constexpr std::array<std::string_view, 11> Framing = {
    "Connection", "Content-Length", "Date",    "Host",   "Keep-Alive",       "Proxy-Connection",
    "TE",         "Trailer",        "Upgrade", "Expect", "Transfer-Encoding"};

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

bool frames(std::string_view name) noexcept {
  return std::any_of(Framing.begin(), Framing.end(),
                     [name](std::string_view framing) { return same_letters(framing, name); });
}

std::string fault_of_name(std::string_view name) {
  if (!is_token(name)) return "not the name of a header field; write one such as X-Robots-Tag";
  if (frames(name)) return quoted(name) + " is the gateway's own; leave it out";
  return {};
}

}  // namespace

std::string fault_of_extra(std::string_view name) {
  for (const OwnKey& own : OwnKeys) {
    if (!same_letters(own.header, name)) continue;
    return quoted(name) + " has a key of its own; write it under `" + std::string(own.key) + '`';
  }
  return fault_of_name(name);
}

std::string fault_of_removed(std::string_view name) { return fault_of_name(name); }

std::string fault_of_request_header(std::string_view name) { return fault_of_name(name); }

std::string fault_of_value(std::string_view value) {
  const bool sound = std::all_of(value.begin(), value.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 && byte != 0x7f) || c == '\t';
  });
  if (!sound) return "has a line end or another control character in it; leave it out";
  if (value.empty()) return "is empty; write a value, or leave the header out";
  return {};
}

}  // namespace portico::headers

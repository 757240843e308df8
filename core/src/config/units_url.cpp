// SPDX-License-Identifier: Apache-2.0
// URLs and origins. No sentence quotes what was written: it may hold a password.
#include "base/hex.h"
#include "base/text.h"
#include "config/units.h"

#include <algorithm>
#include <charconv>

namespace portico::config {
namespace {

struct Scheme {
  std::string_view name;
  std::uint16_t port;
};
constexpr std::array<Scheme, 9> Schemes{{{"http", 80},
                                         {"https", 443},
                                         {"ws", 80},
                                         {"wss", 443},
                                         {"redis", 6379},
                                         {"rediss", 6379},
                                         {"postgresql", 5432},
                                         {"smtp", 25},
                                         {"smtps", 465}}};
constexpr std::size_t LongestHost = 253;
constexpr std::size_t LongestLabel = 63;
constexpr std::size_t LongestSocketPath = 107;

bool is_hex(char c) noexcept {
  const char lower = base::ascii_lower(c);
  return base::is_digit(c) || (lower >= 'a' && lower <= 'f');
}

bool names_a_file(std::string_view scheme) noexcept {
  return scheme == "unix" || scheme == "sqlite";
}

/// Why a character may not stand in a URL; empty when it may.
std::string_view fault_of_character(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x20 || byte == 0x7f) return "has a control character in it";
  if (c == ' ') return "has a blank in it; write %20";
  if (byte >= 0x80) return "has a character beyond ASCII in it; write it percent-encoded";
  if (c == '\\') return "has a backslash in it; write /";
  if (std::string_view("\"<>^`{|}").find(c) != std::string_view::npos) {
    return "has a character in it that URLs may not have; write it percent-encoded";
  }
  return {};
}

std::string fault_of_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const auto fault = fault_of_character(text[i]); !fault.empty()) return std::string(fault);
    if (text[i] != '%') continue;
    if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) {
      return "has a % that two hexadecimal digits do not follow; write %25";
    }
  }
  if (text.find('#') != std::string_view::npos) {
    return "has a fragment; leave # and what follows it out";
  }
  return {};
}

/// Requires valid escapes. Nothing when one of them is %00.
std::optional<std::string> percent_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      c = static_cast<char>(base::hex_value(text[i + 1]) * 16 + base::hex_value(text[i + 2]));
      i += 2;
      if (c == '\0') return {};
    }
    decoded += c;
  }
  return decoded;
}

std::string fault_of_label(std::string_view label) {
  if (label.empty()) return "has a host with an empty part between its dots";
  if (label.size() > LongestLabel) return "has a host with a part of more than 63 characters";
  const bool plain = std::all_of(label.begin(), label.end(), [](char c) {
    return base::is_letter(c) || base::is_digit(c) || c == '-' || c == '_';
  });
  if (!plain) return "has a host with a character that names may not have";
  return {};
}

/// A name whose last part is a number would be read as an address by some and as a name by others.
bool ends_in_a_number(std::string_view host) noexcept {
  const std::string_view last = host.substr(host.rfind('.') + 1);
  if (std::all_of(last.begin(), last.end(), base::is_digit)) return true;
  return last.starts_with("0x") && std::all_of(last.begin() + 2, last.end(), is_hex);
}

std::string fault_of_host(std::string_view host) {
  if (host.empty()) return "has no host; write scheme://host";
  if (host.size() > LongestHost) return "has a host of more than 253 characters";
  if (host.back() == '.') return "has a host that ends in a dot; leave it out";
  if (ends_in_a_number(host)) {
    if (parse_ip(host)) return {};
    return "has a host that is neither a name nor an IPv4 address; write four numbers from 0 to "
           "255";
  }
  for (const std::string_view label : base::split(host, '.')) {
    if (std::string fault = fault_of_label(label); !fault.empty()) return fault;
  }
  return {};
}

std::string take_port(std::string_view digits, Url& url) {
  unsigned port = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  const bool whole = read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
  if (digits.size() > 5 || !whole || digits.front() == '0' || port > 65535) {
    return "has a port that is not a number from 1 to 65535";
  }
  url.port = static_cast<std::uint16_t>(port);
  return {};
}

/// host, host:port, [v6] or [v6]:port.
std::string take_host(std::string_view text, Url& url) {
  std::string_view port;
  url.port = default_port(url.scheme);
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    const std::string_view inside = text.substr(1, end == std::string_view::npos ? end : end - 1);
    const auto address = parse_ip(inside);
    if (end == std::string_view::npos || !address || inside.find(':') == std::string_view::npos) {
      return "has brackets without an IPv6 address in them; write [2001:db8::1]";
    }
    url.host = print_ip(*address);
    port = text.substr(end + 1);
    if (!port.empty() && port.front() != ':') return "has something other than a port after its ]";
  } else {
    const std::size_t colon = text.find(':');
    const std::string_view host = text.substr(0, colon);
    if (colon != std::string_view::npos) port = text.substr(colon);
    if (port.find(':', 1) != std::string_view::npos) {
      return "has an IPv6 address without brackets, or two ports; write [2001:db8::1]:80";
    }
    url.host = base::to_lower(host);
    if (std::string fault = fault_of_host(url.host); !fault.empty()) return fault;
  }
  return port.empty() ? std::string() : take_port(port.substr(1), url);
}

std::string take_user(std::string_view text, Url& url) {
  if (text.find('@') != std::string_view::npos) {
    return "has more than one @ before its host; write those of the password as %40";
  }
  const std::size_t colon = text.find(':');
  auto user = percent_decode(text.substr(0, colon));
  auto password = colon == std::string_view::npos ? std::optional<std::string>("")
                                                  : percent_decode(text.substr(colon + 1));
  if (!user || !password) return "has %00 in its user or password";
  url.user = std::move(*user);
  url.password = std::move(*password);
  return {};
}

/// What follows "unix:" and "sqlite:", with or without "//".
std::string take_file(std::string_view rest, Url& url) {
  if (rest.starts_with("//")) {
    rest.remove_prefix(2);
    if (!rest.starts_with('/')) return "names a host; write " + url.scheme + ":/path";
  }
  if (rest.empty()) return "names no file; write " + url.scheme + ":/path";
  const bool printable = std::none_of(rest.begin(), rest.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  if (!printable) return "has a control character in it";
  if (url.scheme == "unix" && rest.front() != '/') {
    return "names a relative file; write unix: and a path that begins with /";
  }
  if (url.scheme == "unix" && rest.size() > LongestSocketPath) {
    return "names a socket by more than 107 bytes; write a shorter path";
  }
  url.path = rest;
  return {};
}

std::string take_authority_and_path(std::string_view rest, Url& url) {
  if (std::string fault = fault_of_text(rest); !fault.empty()) return fault;
  if (!rest.starts_with("//")) return "has no // after its scheme; write scheme://host";
  rest.remove_prefix(2);
  const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
  std::string_view authority = rest.substr(0, end);
  url.path = rest.substr(end);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    if (std::string fault = take_user(authority.substr(0, at), url); !fault.empty()) return fault;
    authority.remove_prefix(at + 1);
  }
  return take_host(authority, url);
}

bool is_scheme(std::string_view text) noexcept {
  return !text.empty() && base::is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return base::is_letter(c) || base::is_digit(c) || c == '+' || c == '-' || c == '.';
         });
}

/// Empty when `url` holds the parts.
std::string take_url(std::string_view text, Url& url) {
  if (text.empty()) return "is empty; write a URL such as http://127.0.0.1:4000";
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || !is_scheme(text.substr(0, colon))) {
    return "has no scheme; write a URL such as http://127.0.0.1:4000";
  }
  url.scheme = base::to_lower(text.substr(0, colon));
  const std::string_view rest = text.substr(colon + 1);
  return names_a_file(url.scheme) ? take_file(rest, url) : take_authority_and_path(rest, url);
}

/// The serialised origin of a URL.
std::string serialise(const Url& url) {
  std::string text = url.scheme + "://";
  text += url.host.find(':') == std::string::npos ? url.host : '[' + url.host + ']';
  if (url.port != default_port(url.scheme)) text += ':' + std::to_string(url.port);
  return text;
}

}  // namespace

std::uint16_t default_port(std::string_view scheme) noexcept {
  for (const Scheme& known : Schemes) {
    if (known.name == scheme) return known.port;
  }
  return 0;
}

Result<Url> parse_url(std::string_view text) {
  Url url;
  if (const std::string fault = take_url(text, url); !fault.empty()) {
    return Error("the URL " + fault);
  }
  url.text = text;
  return url;
}

Result<Origin> parse_origin(std::string_view text) {
  if (text == "*") {
    return Error("\"*\" is not an origin; name each one, such as https://app.example.com");
  }
  if (text == "null") {
    return Error(
        "\"null\" is what every sandboxed frame and local file sends; name the origins that you "
        "trust");
  }
  Url url;
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos && names_a_file(base::to_lower(text.substr(0, colon)))) {
    return Error("the origin has no host; write one such as https://app.example.com");
  }
  if (const std::string fault = take_url(text, url); !fault.empty()) {
    return Error("the origin " + fault);
  }
  if (text.find('@') != std::string_view::npos) {
    return Error("the origin has a user in it; write " + serialise(url));
  }
  if (!url.path.empty()) {
    return Error("the origin has a path; write " + serialise(url));
  }
  return Origin{serialise(url)};
}

}  // namespace portico::config

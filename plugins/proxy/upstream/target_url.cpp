// SPDX-License-Identifier: Apache-2.0
#include "upstream/target_url.h"

#include "shared/ascii.h"
#include "text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

namespace portico::proxy {
namespace {

constexpr std::size_t LongestName = 253;
constexpr std::size_t LongestLabel = 63;

struct Form {
  std::string_view begin;
  Scheme scheme;
};

constexpr std::array Sockets = {Form{"unix:", Scheme::Http}, Form{"http+unix:", Scheme::Http},
                                Form{"https+unix:", Scheme::Https}};
constexpr std::array Networks = {Form{"http://", Scheme::Http}, Form{"https://", Scheme::Https}};

bool is_address(int family, const std::string& text) {
  in6_addr parsed{};
  return ::inet_pton(family, text.c_str(), &parsed) == 1;
}

/// Underscores are no part of a host's name, but container engines give such names.
bool is_label(std::string_view label) {
  const auto allowed = [](char c) {
    const char small = lower(c);
    return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return !label.empty() && label.size() <= LongestLabel && label.front() != '-' &&
         label.back() != '-' && std::ranges::all_of(label, allowed);
}

bool is_host_name(std::string_view text) {
  if (text.empty() || text.size() > LongestName) return false;
  if (text.ends_with('.')) text.remove_suffix(1);
  while (!text.empty()) {
    const bool last = text.find('.') == std::string_view::npos;
    if (!is_label(take_until(text, '.'))) return false;
    if (!last && text.empty()) return false;
  }
  return true;
}

/// What ends in a number was meant to be an address.
bool looks_like_v4(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
}

}  // namespace

TargetUrl::TargetUrl(std::string_view text) {
  const std::string fault = read(text);
  if (!fault.empty()) throw std::invalid_argument(fault);
}

std::string TargetUrl::read(std::string_view text) {
  for (const Form& form : Sockets) {
    if (!begins_with(text, form.begin)) continue;
    scheme_ = form.scheme;
    return read_socket(text.substr(form.begin.size()));
  }
  for (const Form& form : Networks) {
    if (!begins_with(text, form.begin)) continue;
    scheme_ = form.scheme;
    return read_authority(text.substr(form.begin.size()));
  }
  const std::size_t end = text.find("://");
  if (end == std::string_view::npos) {
    return "has no scheme; write http://" + std::string(text.empty() ? "127.0.0.1:4000" : text);
  }
  return "the scheme " + quoted(text.substr(0, end)) +
         " is not known; write http://, https:// or unix:/path";
}

std::string TargetUrl::read_socket(std::string_view path) {
  while (path.starts_with("//")) path.remove_prefix(1);
  if (!path.starts_with('/') || path.size() == 1) {
    return "names no socket; write an absolute path, such as unix:/run/app.sock";
  }
  if (path.size() >= sizeof(sockaddr_un::sun_path)) {
    return "the socket's path has " + std::to_string(path.size()) + " characters; " +
           std::to_string(sizeof(sockaddr_un::sun_path) - 1) + " is the most";
  }
  socket_ = path;
  return {};
}

std::string TargetUrl::read_authority(std::string_view text) {
  if (begins_with(text, "unix:")) {
    return "a socket has no host; write " + std::string(scheme_ == Scheme::Https ? "https+" : "") +
           std::string(text);
  }
  const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
  const std::string_view rest = text.substr(end);
  const std::string_view authority = text.substr(0, end);
  if (!rest.empty() && rest != "/") {
    return "a target has no path; leave " + quoted(rest) +
           " out, and write `add_prefix` where a route needs it";
  }
  if (authority.find('@') != std::string_view::npos) {
    return "a target bears no user; leave it out, and set Authorization by `headers`";
  }
  if (authority.empty()) return "has no host; write one, such as http://127.0.0.1:4000";
  return read_host(authority);
}

std::string TargetUrl::read_host(std::string_view text) {
  if (text.front() == '[') {
    const std::size_t end = text.find(']');
    host_ = text.substr(1, end == std::string_view::npos ? end : end - 1);
    std::ranges::transform(host_, host_.begin(), lower);
    if (end == std::string_view::npos || !is_address(AF_INET6, host_)) {
      return quoted(text) + " is no IPv6 address; write one as in http://[2001:db8::1]:4000";
    }
    return read_port(text.substr(end + 1));
  }
  if (std::ranges::count(text, ':') > 1) {
    return "an IPv6 address stands in brackets; write http://[" + std::string(text) + "]";
  }
  const std::size_t colon = std::min(text.find(':'), text.size());
  host_ = text.substr(0, colon);
  std::ranges::transform(host_, host_.begin(), lower);
  if (looks_like_v4(host_)) {
    if (!is_address(AF_INET, host_)) return quoted(host_) + " is no address; IPv4 is 192.0.2.1";
  } else if (!is_host_name(host_)) {
    return quoted(host_) + " is no name of a host; write one such as app.internal";
  } else {
    is_name_ = true;
  }
  return read_port(text.substr(colon));
}

std::string TargetUrl::read_port(std::string_view text) {
  port_ = port_of(scheme_);
  if (text.empty()) return {};
  const char* const first = text.data() + 1;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(first, last, port_);
  if (text.front() == ':' && error == std::errc() && end == last && port_ != 0) return {};
  return quoted(text.substr(text.front() == ':' ? 1 : 0)) + " is no port; write 1 to 65535";
}

std::string TargetUrl::address() const {
  return socket_.empty() ? with_port(host_, port_) : "unix:" + socket_;
}

std::string TargetUrl::authority() const {
  if (!socket_.empty()) return "localhost";
  return authority_of(host_, port_, scheme_);
}

std::string fault_of_target(std::string_view text) { return TargetUrl().read(text); }

bool is_url(std::string_view upstream) noexcept {
  return upstream.find_first_of(":/.") != std::string_view::npos;
}

std::string fault_of_upstream(std::string_view upstream) {
  if (upstream.empty()) return "is empty; write an upstream's name, or http://HOST:PORT";
  return is_url(upstream) ? fault_of_target(upstream) : std::string();
}

std::string authority_of(std::string_view host, std::uint16_t port, Scheme scheme) {
  if (host.ends_with('.')) host.remove_suffix(1);
  if (port != port_of(scheme)) return with_port(host, port);
  const bool v6 = host.find(':') != std::string_view::npos;
  return v6 ? '[' + std::string(host) + ']' : std::string(host);
}

std::string with_port(std::string_view address, std::uint16_t port) {
  const bool v6 = address.find(':') != std::string_view::npos;
  std::string text = v6 ? '[' + std::string(address) + ']' : std::string(address);
  return text + ':' + std::to_string(port);
}

}  // namespace portico::proxy

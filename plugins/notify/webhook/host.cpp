// SPDX-License-Identifier: Apache-2.0
#include "webhook/host.h"

#include "shared/ascii.h"
#include "webhook/address.h"
#include <portico/fetch.h>

#include <cstddef>

namespace portico::notify::webhook {
namespace {

constexpr std::size_t MostName = 253;
constexpr std::size_t MostLabel = 63;

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= MostLabel && text.front() != '-' && text.back() != '-' &&
         all_of(text, [](char c) noexcept { return is_letter_or_digit(c) || c == '-'; });
}

bool is_name(std::string_view host) {
  if (host.size() > MostName) return false;
  while (true) {
    const std::size_t dot = host.find('.');
    if (!is_label(host.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    host.remove_prefix(dot + 1);
  }
}

/// Browsers, and the resolver of the C library, take each host whose last part is a number for an
/// address of IPv4: 2130706433, 0x7f.1, 0177.0.0.1.
bool ends_in_number(std::string_view host) {
  const std::string_view last = host.substr(host.rfind('.') + 1);
  if (all_of(last, is_digit)) return true;
  return last.size() >= 2 && last[0] == '0' && lower(last[1]) == 'x' &&
         all_of(last.substr(2), is_hex_digit);
}

std::optional<std::string> fault_of_address(bool well_formed, std::string_view address,
                                            const UrlRules& rules) {
  if (!well_formed) return "The host of the URL is an address in a form that is not accepted.";
  if (!rules.address_literals && !rules.private_hosts) {
    return "Write the name of the host in the URL, not its address.";
  }
  if (!rules.private_hosts && !is_public_host(address)) {
    return "The address in the URL belongs to no public network.";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> fault_of_host(std::string_view host, const UrlRules& rules) {
  if (host.empty()) return "The URL has no host.";
  if (host.front() == '[') {
    if (host.back() != ']') return "The host of the URL is not accepted.";
    const std::string_view address = host.substr(1, host.size() - 2);
    return fault_of_address(is_ipv6(address), address, rules);
  }
  if (host.back() == '.') return "Write the host of the URL without a dot at its end.";
  if (!is_name(host)) {
    return "The host of the URL is no name; one of other letters begins with \"xn--\".";
  }
  if (ends_in_number(host)) return fault_of_address(is_ipv4(host), host, rules);
  if (rules.private_hosts) return std::nullopt;
  if (host.find('.') == std::string_view::npos || !is_public_host(host)) {
    return "The host of the URL is in no public network.";
  }
  return std::nullopt;
}

}  // namespace portico::notify::webhook

// SPDX-License-Identifier: Apache-2.0
#include "smtp/server.h"

#include "shared/ascii.h"

#include <algorithm>
#include <string_view>

namespace portico::notify {
namespace {

constexpr std::size_t MostName = 253;
constexpr std::size_t MostSecret = 1024;

bool is_made_of(std::string_view text, std::string_view more) {
  return std::ranges::all_of(text, [more](char c) {
    return is_letter(c) || is_digit(c) || more.find(c) != std::string_view::npos;
  });
}

bool is_secret(std::string_view text) {
  // AUTH PLAIN puts NUL between the two.
  return text.size() <= MostSecret && text.find('\0') == std::string_view::npos;
}

}  // namespace

std::string fault_of(const SmtpServer& server) {
  using std::chrono::milliseconds;
  if (server.host.empty() || server.host.size() > MostName || !is_made_of(server.host, "-.:")) {
    return "Name the mail server by its host: a name or an address of the network.";
  }
  if (server.port == 0) return "The mail server needs a port.";
  if (server.helo.size() > MostName || !is_made_of(server.helo, "-.:[]")) {
    return "What the gateway calls itself must be the name of a host.";
  }
  if (!is_secret(server.user) || !is_secret(server.password)) {
    return "The user and the password of the mail server are too long, or have a NUL in them.";
  }
  if (server.user.empty() != server.password.empty()) {
    return "The mail server needs both a user and a password, or neither.";
  }
  const auto times = {server.connect_timeout, server.timeout, server.total_timeout};
  if (std::min(times) <= milliseconds(0) || std::max(times) > std::chrono::hours(1)) {
    return "The times for the mail server must be longer than nothing, and an hour at most.";
  }
  return {};
}

}  // namespace portico::notify

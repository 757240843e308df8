// SPDX-License-Identifier: Apache-2.0
// Every unit of the file on any bytes: what is read prints to a text that reads to the same, and no
// password survives masking.
#include "config/address.h"
#include "config/units.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace portico;

void expect(bool holds) {
  if (!holds) std::abort();
}

void amounts(std::string_view text) {
  if (const auto duration = config::parse_duration(text)) {
    expect(*config::parse_duration(config::print_duration(*duration)) == *duration);
  }
  if (const auto amount = config::parse_bytes(text)) {
    expect(*config::parse_bytes(config::print_bytes(*amount)) == *amount);
  }
}

void addresses(std::string_view text) {
  if (const auto block = config::parse_cidr(text)) {
    expect((*block).contains((*block).network));
    expect(*config::parse_cidr(config::print_cidr(*block)) == *block);
  }
  if (const auto listen = config::parse_listen_address(text)) {
    const auto again = config::parse_listen_address(listen->text());
    expect(again && again->port == listen->port && again->family == listen->family);
  }
}

void urls(std::string_view text) {
  if (const auto url = config::parse_url(text)) {
    expect(url->text == text);
    const std::string masked = url->masked();
    const auto again = config::parse_url(masked);
    expect(static_cast<bool>(again));
    expect(url->password.empty() || again->password == "***");
  }
  if (const auto origin = config::parse_origin(text)) {
    const auto again = config::parse_origin(origin->text);
    expect(again && *again == *origin);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  amounts(text);
  addresses(text);
  urls(text);
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
#include "smtp/wire.h"

#include <algorithm>
#include <cstddef>

namespace portico::notify::smtp {
namespace {

constexpr std::size_t MostLine = 998;

bool is_line(std::string_view line) noexcept {
  return line.size() <= MostLine && std::ranges::all_of(line, [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte != 0 && byte < 0x80 && c != '\r' && c != '\n';
         });
}

}  // namespace

bool is_wire(std::string_view bytes) noexcept {
  if (bytes.empty()) return false;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find("\r\n");
    if (end == std::string_view::npos || !is_line(bytes.substr(0, end))) return false;
    bytes.remove_prefix(end + 2);
  }
  return true;
}

std::string stuffed(std::string_view wire) {
  std::string bytes;
  bytes.reserve(wire.size() + wire.size() / 64 + 8);
  while (!wire.empty()) {
    const std::string_view line = wire.substr(0, wire.find("\r\n") + 2);
    if (line.starts_with('.')) bytes += '.';
    bytes += line;
    wire.remove_prefix(line.size());
  }
  return bytes + ".\r\n";
}

}  // namespace portico::notify::smtp

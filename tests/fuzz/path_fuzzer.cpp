// SPDX-License-Identifier: Apache-2.0
// The normal form of a path: what it makes is normal, and never leaves the root.
#include "http/path.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

std::optional<std::string> normal(std::string_view raw) {
  std::string space(portico::http::normal_path_room(raw.size()), '\0');
  const auto path = portico::http::normal_path(raw, space);
  if (!path) return std::nullopt;
  return std::string(*path);
}

bool has_segment(std::string_view path, std::string_view segment) {
  const std::string padded = std::string(path) + "/";
  return padded.find("/" + std::string(segment) + "/") != std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto path = normal({reinterpret_cast<const char*>(data), size});
  if (!path) return 0;
  const bool sound = path->starts_with('/') && path->find("//") == std::string::npos &&
                     !has_segment(*path, ".") && !has_segment(*path, "..");
  if (!sound || normal(*path) != path) std::abort();
  return 0;
}

// SPDX-License-Identifier: Apache-2.0
#include "routing/choices.h"

#include <algorithm>
#include <memory>

namespace portico::routing {

MethodBits::Bits MethodBits::add(std::string_view method) {
  if (const Bits known = of(method); known != 0) return known;
  if (names_.size() == 63) {
    others_ = true;
    return Others;
  }
  names_.emplace_back(method);
  return Bits{1} << (names_.size() - 1);
}

MethodBits::Bits MethodBits::of(std::string_view method) const noexcept {
  Bits bit = 1;
  for (const std::string& name : names_) {
    if (name == method) return bit;
    bit <<= 1U;
  }
  return others_ ? Others : 0;
}

std::string_view join_methods(std::span<std::string_view> names, base::Arena& arena) {
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  const std::span once = names.first(names.size() - repeated.size());
  std::size_t length = 0;
  for (const std::string_view name : once) length += name.size() + 2;
  auto* const text = arena.array<char>(length);
  char* at = text;
  for (const std::string_view name : once) {
    if (at != text) at = std::ranges::copy(std::string_view(", "), at).out;
    at = std::ranges::copy(name, at).out;
  }
  return {text, static_cast<std::size_t>(at - text)};
}

std::span<const http::Param> bind_names(std::span<const PathPattern::Name> names,
                                        std::string_view path, base::Arena& arena) {
  if (names.empty()) return {};
  auto* const params = arena.array<http::Param>(names.size());
  std::size_t at = 0;  // At the slash before a segment, or at the end.
  std::uint32_t segment = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (; segment < names[i].segment; ++segment)
      at = std::min(path.find('/', at + 1), path.size());
    const std::size_t begin = std::min(at + 1, path.size());
    const std::size_t end =
        names[i].rest ? path.size() : std::min(path.find('/', begin), path.size());
    std::construct_at(params + i, names[i].text, path.substr(begin, end - begin));
  }
  return {params, names.size()};
}

}  // namespace portico::routing

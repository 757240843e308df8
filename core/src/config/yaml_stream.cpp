// SPDX-License-Identifier: Apache-2.0
#include "config/yaml_stream.h"

#include <algorithm>

namespace portico::config {

namespace {

template <class Predicate>
std::ptrdiff_t count(std::string_view slice, Predicate holds) noexcept {
  return std::count_if(slice.begin(), slice.end(), holds);
}

}  // namespace

YamlStream::int_type YamlStream::underflow() {
  constexpr std::size_t Slice = 4096;
  const std::string_view slice = text_.substr(taken_, Slice);
  if (slice.empty()) return traits_type::eof();
  const auto opening = count(slice, [](char c) { return c == '[' || c == '{'; });
  const auto closing = count(slice, [](char c) { return c == ']' || c == '}'; });
  const auto others = count(slice, [](char c) {
    return c == ',' || c == ':' || c == '?' || c == '&' || c == '*' || c == '!';
  });
  open_ += opening - closing;
  tokens_ += static_cast<std::size_t>(opening + closing + others);
  const std::size_t ahead = taken_ - reported_;
  if (ahead > CountAfter && open_ > MostOpen) throw TooDeep();
  if (ahead > MostAhead || tokens_ > MostTokens) throw TooFarAhead();
  taken_ += slice.size();
  // A streambuf wants pointers to char; nobody writes through the get area.
  char* begin = const_cast<char*>(slice.data());
  setg(begin, begin, begin + slice.size());
  return traits_type::to_int_type(*begin);
}

}  // namespace portico::config

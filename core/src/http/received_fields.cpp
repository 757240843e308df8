// SPDX-License-Identifier: Apache-2.0
#include "http/received_fields.h"

#include "base/text.h"

#include <cstddef>
#include <utility>

namespace portico::http {
namespace {

/// More than this are not looked at: a refused head may be nothing but fields.
constexpr std::size_t MostFields = 100;

}  // namespace

void read_received_fields(std::string_view head, detail::HeaderList& fields) {
  // Blank lines may stand before a request.
  while (head.starts_with("\r\n")) head.remove_prefix(2);
  bool first = true;
  while (fields.count < MostFields) {
    const std::size_t end = head.find("\r\n");
    if (end == std::string_view::npos || end == 0) return;
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end + 2);
    if (std::exchange(first, false)) continue;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = base::trim(line.substr(colon + 1));
    if (detail::is_token(name) && detail::is_field_value(value)) fields.add_received(name, value);
  }
}

}  // namespace portico::http

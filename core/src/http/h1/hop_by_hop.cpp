// SPDX-License-Identifier: Apache-2.0
#include "http/h1/hop_by_hop.h"

#include "base/text.h"
#include "http/h1/characters.h"

#include <algorithm>

namespace portico::http::h1 {
namespace {

[[nodiscard]] bool is_connection(const Headers::Entry& field) noexcept {
  return is_name(field.name, "connection");
}

}  // namespace

bool is_hop_by_hop(std::string_view name) noexcept {
  switch (name.size()) {
    case 2: return is_name(name, "te");
    case 5: return is_name(name, "close");
    case 7: return is_name(name, "trailer") || is_name(name, "upgrade");
    case 10: return is_name(name, "connection") || is_name(name, "keep-alive");
    case 16: return is_name(name, "proxy-connection");
    case 17: return is_name(name, "transfer-encoding");
    default: return false;
  }
}

bool connection_lists(std::span<const Headers::Entry> fields, std::string_view name) noexcept {
  bool listed = false;
  for (const Headers::Entry& field : fields) {
    if (!is_connection(field)) continue;
    for_each_member(field.value, [&listed, name](std::string_view member) {
      listed = listed || base::iequals(member, name);
    });
  }
  return listed;
}

void strip_hop_by_hop(detail::HeaderList& fields) noexcept {
  for (;;) {
    Headers::Entry* const end = fields.fields + fields.count;
    Headers::Entry* const found = std::find_if(fields.fields, end, is_connection);
    if (found == end) break;
    const std::string_view options = found->value;
    std::copy(found + 1, end, found);
    --fields.count;
    for_each_member(options, [&fields](std::string_view name) {
      if (!is_hop_by_hop(name) && !is_name(name, "host")) fields.remove(name);
    });
  }
  Headers::Entry* const kept =
      std::remove_if(fields.fields, fields.fields + fields.count,
                     [](const Headers::Entry& field) { return is_hop_by_hop(field.name); });
  fields.count = static_cast<std::uint32_t>(kept - fields.fields);
}

}  // namespace portico::http::h1

// SPDX-License-Identifier: Apache-2.0
#include "model/grant_table.h"

namespace portico::rbac {

GrantTable::GrantTable(std::span<const Entry> entries, std::uint32_t patterns)
    : begins_(std::size_t{patterns} + 1), roles_(entries.size()), terms_(entries.size()) {
  for (const Entry& entry : entries) ++begins_[entry.pattern + 1];
  for (std::size_t pattern = 1; pattern < begins_.size(); ++pattern)
    begins_[pattern] += begins_[pattern - 1];
  std::vector<std::uint32_t> next(begins_);
  for (const Entry& entry : entries) {
    const std::uint32_t at = next[entry.pattern]++;
    roles_[at] = entry.role;
    terms_[at] = {entry.grant, entry.condition};
  }
}

}  // namespace portico::rbac

// SPDX-License-Identifier: Apache-2.0
// Which events the outside world is told of, and under which names. What our own plugins publish
// is told where it is listed here, for some of it carries secrets; what other plugins publish is
// told as it is.
#pragma once

#include <portico/events.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace portico::notify {

struct CatalogEntry {
  std::string_view event;  ///< As it is published.
  std::string_view type;   ///< As it is told: "user.created".
  std::string_view summary;
  std::string_view schema;  ///< JSON Schema of `data`.
};
[[nodiscard]] std::span<const CatalogEntry> event_catalog() noexcept;

/// Nothing: nobody outside is told.
[[nodiscard]] std::optional<std::string> type_of(const Event& event);

}  // namespace portico::notify

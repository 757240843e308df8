// SPDX-License-Identifier: Apache-2.0
// Reads a compiled zone: RFC 8536, the block of 64 bits and the rule behind it. Pure.
#pragma once

#include "schedule/zone.h"

#include <cstddef>
#include <memory>
#include <string_view>

namespace portico::notify::schedule {

class ZoneFile {
 public:
  /// Null where the bytes are another. Zones that count leap seconds are refused, for the times of
  /// the gateway do not.
  [[nodiscard]] static std::shared_ptr<const Zone> read(std::string_view bytes);

 private:
  [[nodiscard]] bool take_block(std::string_view bytes, std::size_t times, std::size_t types);
  [[nodiscard]] bool take_rule(std::string_view foot);

  Zone zone_;
};

}  // namespace portico::notify::schedule

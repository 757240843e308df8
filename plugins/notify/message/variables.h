// SPDX-License-Identifier: Apache-2.0
// What every template may print beside its message's data.
#pragma once

#include "template/value.h"

#include <string>
#include <utility>

namespace portico::notify {

struct Surroundings {
  std::string site;
  std::string unsubscribe;  ///< A link; empty: there is none.
};

/// `data` is a map; what it has itself stays.
[[nodiscard]] inline Value with_surroundings(const Value& data, const Surroundings& around) {
  Value::Map map = data.map() == nullptr ? Value::Map() : *data.map();
  map.try_emplace("site", around.site);
  if (!around.unsubscribe.empty()) {
    map.try_emplace("unsubscribe", around.unsubscribe);
  } else {
    map.try_emplace("unsubscribe", false);
  }
  return Value(std::move(map));
}

}  // namespace portico::notify

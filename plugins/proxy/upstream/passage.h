// SPDX-License-Identifier: Apache-2.0
// What a request carries from its route to the choice of an endpoint, and back to its answer.
#pragma once

#include "balance/table.h"
#include <portico/http.h>

#include <cstdint>

namespace portico::proxy {

struct Passage {
  Table::Wish wish;
  std::uint64_t served_by = 0;  ///< The id of the endpoint of the last try; 0 before the first.
  bool answered = false;        ///< Its answer's head came.
};

inline constexpr Attribute<Passage> PassageAttribute{"proxy.passage"};

}  // namespace portico::proxy

// SPDX-License-Identifier: Apache-2.0
// The endpoints that an upstream was published with, and what is to be known of them.
#pragma once

#include "balance/table.h"
#include "health/health.h"

#include <string>
#include <utility>
#include <vector>

namespace portico::proxy {

/// Immutable but for the vitals. Core holds it for as long as requests are under way.
struct Published {
  struct Place {
    std::string address;
    std::string host;  ///< As requests that rewrite their Host say it.
  };

  Published(std::vector<Place> its_places, Method method, std::vector<Table::Member> members,
            Health its_health)
      : places(std::move(its_places)),
        health(std::move(its_health)),
        table(method, std::move(members), health) {}
  Published(const Published&) = delete;
  Published& operator=(const Published&) = delete;
  ~Published() = default;

  std::vector<Place> places;
  Health health;
  Table table;
};

}  // namespace portico::proxy

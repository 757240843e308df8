// SPDX-License-Identifier: Apache-2.0
// Runs errands at once, on the calling thread: a test says what comes of them.
#pragma once

#include "fetch/courier.h"

#include <functional>
#include <utility>

namespace portico::testing {

class FakeCourier final : public fetch::Courier {
 public:
  void fetch(const void*, Fetch order, fetch::Done done) override {
    Fetched answer;
    answer.error = "this test answers no fetch";
    done(fetcher ? fetcher(order) : answer);
  }
  void resolve(const void*, std::string name, Record kind, fetch::Told told) override {
    Resolved answer;
    answer.error = "this test answers for no name";
    told(resolver ? resolver(name, kind) : answer);
  }
  void forget(const void*) noexcept override {}

  Callable<Fetched(const Fetch&)> fetcher;
  Callable<Resolved(std::string_view name, Record kind)> resolver;
};

}  // namespace portico::testing

// SPDX-License-Identifier: Apache-2.0
// What one middleware asks of the heap for a request, in the real chain. Link unit/allocations.cpp.
#pragma once

#include "unit/allocations.h"
#include <portico/sdk.h>
#include <portico/testing.h>

#include <cstddef>

namespace portico::steady_state {

/// Two middlewares: `before` and `after` the one under test. What happens between them, on the way
/// in and on the way out, is its doing.
class Probe final : public Plugin {
 public:
  using Config = NoSettings;
  static constexpr Info info{"probe", "1.0.0", "Counts allocations"};

  Probe(const NoSettings&, Host&) {}
  void setup(Registrar& r) override {
    r.middleware<NoSettings>("before", [](const NoSettings&) {
      return [](Request&) {
        Flow flow = pass([](Response&) { spent += allocations() - left; });
        entered = allocations();
        return flow;
      };
    });
    r.middleware<NoSettings>("after", [](const NoSettings&) {
      return [](Request&) {
        spent += allocations() - entered;
        return pass([](Response&) { left = allocations(); });
      };
    });
  }

  static inline std::size_t spent = 0;

 private:
  static inline std::size_t entered = 0;
  static inline std::size_t left = 0;
};

/// Allocations of the middleware for ten requests, once memory has found its size. `ask` sends one.
template <class Ask>
std::size_t cost(Ask ask) {
  for (int i = 0; i < 5; ++i) ask();
  Probe::spent = 0;
  for (int i = 0; i < 10; ++i) ask();
  return Probe::spent;
}

}  // namespace portico::steady_state

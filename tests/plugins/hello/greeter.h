// SPDX-License-Identifier: Apache-2.0
// The service "hello/1": what other plugins may ask of this one. They need this header and nothing
// else.
#pragma once

#include <string>
#include <string_view>

class Greeter {
 public:
  [[nodiscard]] virtual std::string greeting(std::string_view name) const = 0;

 protected:
  ~Greeter() = default;
};

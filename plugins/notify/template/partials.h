// SPDX-License-Identifier: Apache-2.0
// Where a template finds those that it names. Whoever renders implements it; it is called on the
// thread that renders.
#pragma once

#include "template/template.h"

#include <string_view>

namespace portico::notify {

class Partials {
 public:
  virtual ~Partials() = default;

  /// By its key, for what is being made; null: there is none. Lives for as long as is rendered.
  [[nodiscard]] virtual const Template* find(std::string_view key, Escape escape) const = 0;
};

/// There are none.
class NoPartials final : public Partials {
 public:
  [[nodiscard]] const Template* find(std::string_view /*key*/, Escape /*escape*/) const override {
    return nullptr;
  }
};

}  // namespace portico::notify

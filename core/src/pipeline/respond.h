// SPDX-License-Identifier: Apache-2.0
// The terminal `respond`: a fixed answer, with variables of the request filled in.
#pragma once

#include <portico/plugin.h>

#include <map>
#include <string>

namespace portico::pipeline {

struct Respond {
  std::uint16_t status = 200;
  std::map<std::string, Template> headers;
  Template body;

  static void describe(Schema<Respond>& schema);
  /// What is called for every request.
  [[nodiscard]] detail::Rule rule() const;
};

}  // namespace portico::pipeline

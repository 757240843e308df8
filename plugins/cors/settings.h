// SPDX-License-Identifier: Apache-2.0
// `plugins.cors`, and the same keys at a place of use, where what is absent is the plugin's.
#pragma once

#include <portico/schema.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace portico::cors {

/// What the preflight of an origin that is not allowed gets.
enum class Disallowed : std::uint8_t {
  Answer,  ///< 204 that allows nothing: the browser refuses by itself.
  Refuse,  ///< 403 that says why.
};

struct Config {
  std::vector<std::string> origins;
  bool credentials = false;
  std::vector<std::string> methods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
  std::vector<std::string> headers{"*"};
  std::vector<std::string> expose;
  std::chrono::seconds max_age{600};
  bool private_network = false;
  Disallowed disallowed_preflight = Disallowed::Answer;

  static void describe(Schema<Config>& s);
};

struct Use : Config {
  static void describe(Schema<Use>& s);
};

}  // namespace portico::cors

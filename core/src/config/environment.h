// SPDX-License-Identifier: Apache-2.0
// The variables that `${NAME}` is filled from. The process environment wins over what a `.env` file
// adds, so that a deployment can always override a checkout. Tests make their own. Immutable once
// handed out.
#pragma once

#include "config/problems.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace portico::config {

class Environment {
 public:
  using Variables = std::map<std::string, std::string, std::less<>>;

  /// The environment of this process, as it is now.
  static Environment of_process();
  explicit Environment(Variables variables) : own_(std::move(variables)) {}

  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const;
  /// A copy that also knows `more`; what it knew already stays.
  [[nodiscard]] Environment overlaid(Variables more) const;
  /// The known name that `name` was most likely meant to be, or empty.
  [[nodiscard]] std::string_view closest_to(std::string_view name) const;

 private:
  Variables own_;
};

/// KEY=VALUE lines: `export ` before a key, # comments, single quotes as they are, double quotes
/// with \n \t \" \\ \$. Nothing is expanded. What is not such a line is an error with its place.
[[nodiscard]] Environment::Variables parse_dotenv(std::string_view text, std::uint32_t file,
                                                  Problems& problems);

}  // namespace portico::config

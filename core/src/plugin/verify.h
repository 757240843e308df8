// SPDX-License-Identifier: Apache-2.0
// `portico plugin verify FILE`: everything that can be known of a plugin without running any of it.
#pragma once

#include "plugin/stamp_reader.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace portico::plugin {

/// One thing that was looked at.
struct Check {
  enum class Verdict : std::uint8_t { Fine, Warning, Refused };
  std::string name;  ///< "file", "elf", "stamp", "sdk", "entry", "symbols", "libraries", ...
  Verdict verdict = Verdict::Fine;
  std::string finding;  ///< One sentence without full stop.
  std::string remedy;   ///< Empty when all is fine.
};

struct VerifyReport {
  std::string file;
  std::optional<PluginStamp> stamp;
  std::string hash;  ///< SHA-256 in hexadecimal; empty when the file could not be read.
  std::vector<std::string> libraries;        ///< DT_NEEDED.
  std::vector<std::string> versions_needed;  ///< The highest of each family: "GLIBCXX_3.4.30".
  std::vector<Check> checks;

  [[nodiscard]] bool accepted() const noexcept;
  /// One line per check, then the verdict.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string json() const;
};

[[nodiscard]] VerifyReport verify(const std::filesystem::path& file);

}  // namespace portico::plugin

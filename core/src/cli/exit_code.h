// SPDX-License-Identifier: Apache-2.0
// The exit codes of every command, after sysexits.h.
#pragma once

#include <cstdint>

namespace portico::cli {

enum class ExitCode : std::uint8_t {
  Ok = 0,
  Failed = 1,        ///< `plugin verify` found a fault, `explain` found no route.
  Usage = 64,        ///< The command line is wrong.
  Unavailable = 69,  ///< The outside world: an address in use, a database away.
  Internal = 70,
  Config = 78,  ///< The file, or a plugin that it names, is wrong.
};

}  // namespace portico::cli

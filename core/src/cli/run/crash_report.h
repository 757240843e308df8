// SPDX-License-Identifier: Apache-2.0
// What a crash leaves behind for people to read: which signal, which thread, whose function, and
// the stack as files with offsets, on standard error and in a file `crash-TIME-PID.txt`. Then the
// signal takes its course, so that the exit status and a core dump are as they would have been. An
// exception that nobody caught is told of too.
//
// There is one for the process, as there is one handler for each signal.
#pragma once

#include "plugin/library.h"

#include <string>

namespace portico::cli {

class CrashReport {
 public:
  /// From now on. `directory` is where the file goes, if it can; a directory that is not there is
  /// not made. Does nothing under a sanitizer, which has reports of its own.
  static void install(const std::string& directory);
  /// Where plugins have their names; null: nowhere. To be called before what it points at goes.
  static void name_plugins(const plugin::Libraries* libraries) noexcept;
};

}  // namespace portico::cli

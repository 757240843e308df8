// SPDX-License-Identifier: Apache-2.0
// What became of jobs, in a file of this machine until the database has it: a process that is
// killed between the work and the commit does not do it again when it comes back (estate.h). It is
// not synced: a machine that fails is what "at least once" is for. Not safe for threads.
#pragma once

#include "jobs/locked_file.h"
#include "jobs/outcome.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace portico::jobs {

class Journal {
 public:
  /// In `folder`, which is made, by the name of who holds the jobs. Throws std::system_error.
  Journal(const std::filesystem::path& folder, const std::string& holder);
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  /// Leaves a file behind only where something was not written.
  ~Journal();

  void add(const Outcome& outcome) noexcept;
  /// Somebody takes what was added, to write it.
  void taken() noexcept { recent_.clear(); }
  /// All that was taken is written.
  void written() noexcept;

 private:
  LockedFile file_;
  std::string recent_;  // What was added since somebody took.
  std::size_t size_ = 0;
};

}  // namespace portico::jobs

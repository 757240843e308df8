// SPDX-License-Identifier: Apache-2.0
// What a process of this machine that was killed knew of its jobs, and had not written: its
// journal, which nobody holds any more.
#pragma once

#include "jobs/journal_line.h"
#include "jobs/locked_file.h"
#include "sql/store.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace portico::jobs {

class Estate {
 public:
  explicit Estate(LockedFile file);

  /// Who held the jobs.
  [[nodiscard]] std::string holder() const { return file_.path().filename().string(); }
  [[nodiscard]] std::vector<JournalLine> of(std::string_view kind) const;
  /// Those of that kind are written. With the last of them the file goes.
  void settled(std::string_view kind);
  [[nodiscard]] bool empty() const noexcept { return lines_.empty(); }

 private:
  LockedFile file_;
  std::vector<JournalLine> lines_;
};

/// All in that folder whose process does not live. Those from long ago are removed unread: others
/// have done those jobs.
[[nodiscard]] std::vector<Estate> estates_in(const std::filesystem::path& folder);

/// What became of those of that kind that still wait for a word of its process. Throws SqlError.
[[nodiscard]] std::vector<Outcome> unsettled(const Estate& estate,
                                             const std::shared_ptr<Kind>& kind, sql::Store& store);

}  // namespace portico::jobs

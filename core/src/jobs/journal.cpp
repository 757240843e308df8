// SPDX-License-Identifier: Apache-2.0
#include "jobs/journal.h"

#include "jobs/journal_line.h"

#include <cerrno>
#include <system_error>

namespace portico::jobs {
namespace {

/// While something new is there all the time, the file is begun anew only when it is so large.
constexpr std::size_t Large = 256 * 1024;

LockedFile create(const std::filesystem::path& folder, const std::string& holder) {
  std::filesystem::create_directories(folder);
  auto file = LockedFile::create(folder / holder);
  if (!file) throw std::system_error(errno, std::generic_category(), (folder / holder).string());
  return std::move(*file);
}

}  // namespace

Journal::Journal(const std::filesystem::path& folder, const std::string& holder)
    : file_(create(folder, holder)) {}

Journal::~Journal() {
  if (size_ == 0) file_.remove();
}

void Journal::add(const Outcome& outcome) noexcept {
  // One that was no attempt has left nothing behind that may not be done again.
  if (!outcome.counts) return;
  try {
    const std::string line = journal_line(outcome);
    recent_ += line;
    file_.append(line);
    size_ += line.size();
  } catch (const std::bad_alloc&) {
    // Without its line it is what all jobs are without a journal.
  }
}

void Journal::written() noexcept {
  if (size_ == 0 || (!recent_.empty() && size_ < Large)) return;
  if (!file_.clear()) return;
  size_ = recent_.size();
  if (size_ != 0) file_.append(recent_);
}

}  // namespace portico::jobs

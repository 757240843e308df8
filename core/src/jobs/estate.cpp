// SPDX-License-Identifier: Apache-2.0
#include "jobs/estate.h"

#include "jobs/job_rows.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <system_error>
#include <utility>

namespace portico::jobs {
namespace {

constexpr std::chrono::hours Old{24};

std::vector<JournalLine> lines_of(std::string_view text) {
  std::vector<JournalLine> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (auto line = read_journal_line(text.substr(0, end))) lines.push_back(std::move(*line));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool is_old(const std::filesystem::directory_entry& entry) {
  std::error_code error;
  const auto time = entry.last_write_time(error);
  return !error && std::filesystem::file_time_type::clock::now() - time > Old;
}

}  // namespace

Estate::Estate(LockedFile file) : file_(std::move(file)), lines_(lines_of(file_.content())) {
  if (lines_.empty()) file_.remove();
}

std::vector<JournalLine> Estate::of(std::string_view kind) const {
  std::vector<JournalLine> found;
  std::ranges::copy_if(lines_, std::back_inserter(found),
                       [&](const JournalLine& line) { return line.kind == kind; });
  return found;
}

void Estate::settled(std::string_view kind) {
  std::erase_if(lines_, [&](const JournalLine& line) { return line.kind == kind; });
  if (lines_.empty()) file_.remove();
}

std::vector<Outcome> unsettled(const Estate& estate, const std::shared_ptr<Kind>& kind,
                               sql::Store& store) {
  const std::vector<JournalLine> lines = estate.of(kind->name);
  if (lines.empty()) return {};
  std::vector<std::string_view> ids;
  ids.reserve(lines.size());
  for (const JournalLine& line : lines) ids.push_back(line.id);
  std::map<std::string, TakenJob> held;
  store.read_main([&](Reader& reader) {
    held.clear();
    for (TakenJob& job : held_jobs(reader, store.options.main.engine, estate.holder(), ids)) {
      held.emplace(job.id, std::move(job));
    }
  });
  std::vector<Outcome> outcomes;
  for (const JournalLine& line : lines) {
    const auto found = held.find(line.id);
    // One that was written, and then taken again.
    if (found == held.end() || found->second.attempt != line.attempt) continue;
    outcomes.push_back({.kind = kind,
                        .end = static_cast<JobEnd>(line.end),
                        .id = line.id,
                        .payload = found->second.payload,
                        .result = line.result,
                        .error = line.error,
                        .attempt = line.attempt});
    if (line.after) outcomes.back().after = std::chrono::milliseconds(*line.after);
  }
  return outcomes;
}

std::vector<Estate> estates_in(const std::filesystem::path& folder) {
  std::vector<Estate> estates;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
    auto file = LockedFile::open(entry.path());
    if (!file) continue;
    if (is_old(entry)) {
      file->remove();
      continue;
    }
    Estate estate(std::move(*file));
    if (!estate.empty()) estates.push_back(std::move(estate));
  }
  return estates;
}

}  // namespace portico::jobs

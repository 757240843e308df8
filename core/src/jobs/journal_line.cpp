// SPDX-License-Identifier: Apache-2.0
#include "jobs/journal_line.h"

#include "base/json_writer.h"

#include <stdexcept>

namespace portico::jobs {

void JournalLine::describe(Schema<JournalLine>& s) {
  s.summary("What became of a job.");
  s.field("kind", &JournalLine::kind, "Of the job.");
  s.field("id", &JournalLine::id, "Of the job.");
  s.field("attempt", &JournalLine::attempt, "Which one it was.");
  s.field("end", &JournalLine::end, "How it ended.").max(static_cast<int>(JobEnd::Dead));
  s.field("result", &JournalLine::result, "What it came to.");
  s.field("error", &JournalLine::error, "What was wrong.");
  s.field("after", &JournalLine::after, "Milliseconds until the next attempt.");
}

std::string journal_line(const Outcome& outcome) {
  std::string text;
  base::JsonWriter json(text);
  json.begin_object()
      .member("kind", outcome.kind->name)
      .member("id", outcome.id)
      .member("attempt", outcome.attempt)
      .member("end", static_cast<int>(outcome.end))
      .member("result", outcome.result)
      .member("error", outcome.error);
  if (outcome.after) json.member("after", outcome.after->count());
  json.end_object();
  return text += '\n';
}

std::optional<JournalLine> read_journal_line(std::string_view line) {
  try {
    return from_json<JournalLine>(line);
  } catch (const std::invalid_argument&) {
    return std::nullopt;
  }
}

}  // namespace portico::jobs

// SPDX-License-Identifier: Apache-2.0
#include "sql/migration_plan.h"

#include "sql/migration_text.h"

#include <cstddef>

namespace portico::sql {
namespace {

using History = std::vector<const AppliedStep*>;

[[nodiscard]] History history_of(const std::string& owner, std::span<const AppliedStep> applied) {
  History history;
  for (const AppliedStep& each : applied) {
    if (each.owner == owner) history.push_back(&each);
  }
  return history;
}

void refuse_gaps(const std::string& database, const std::string& owner, const History& history) {
  for (std::size_t i = 0; i < history.size(); ++i) {
    if (history[i]->number == i + 1) continue;
    std::string what = "the database " + database + " has migration ";
    what.append(std::to_string(history[i]->number)).append(" of ").append(owner);
    what.append(" and not ").append(std::to_string(i + 1));
    throw MigrationError(owner, what,
                         "somebody changed its table portico_migrations; restore it from a backup");
  }
}

void refuse_newer(const std::string& database, const OwnedSteps& owned, const History& history) {
  const std::string known = std::to_string(owned.steps.size());
  if (history.size() <= owned.steps.size()) return;
  throw MigrationError(
      owned.owner,
      "the database " + database + " has migration " + std::to_string(history.back()->number) +
          " of " + owned.owner + ", and this version knows no more than " + known,
      "install the newer version again, or undo with it what is too much: `portico "
      "migrate --down-to " +
          owned.owner + "=" + known + "`");
}

void refuse_changes(const std::string& database, const OwnedSteps& owned, const History& history) {
  for (std::size_t i = 0; i < history.size(); ++i) {
    const Migration& step = owned.steps[i];
    if (checksum_of(step) == history[i]->checksum) continue;
    throw MigrationError(owned.owner,
                         "migration " + label_of(step) + " of " + owned.owner +
                             " is not the one that was applied to the database " + database +
                             ": its text has changed since",
                         "a step that was published never changes; install a version of " +
                             owned.owner + " that has it as it was");
  }
}

[[nodiscard]] History checked_history(const std::string& database, const OwnedSteps& owned,
                                      std::span<const AppliedStep> applied) {
  History history = history_of(owned.owner, applied);
  refuse_gaps(database, owned.owner, history);
  refuse_newer(database, owned, history);
  refuse_changes(database, owned, history);
  return history;
}

}  // namespace

std::string text_of(const MigrationError& error) {
  const std::string what = error.what();
  return error.remedy().empty() ? what : what + "; " + error.remedy();
}

std::span<const Migration> pending_steps(const std::string& database, const OwnedSteps& owned,
                                         std::span<const AppliedStep> applied) {
  return owned.steps.subspan(checked_history(database, owned, applied).size());
}

std::vector<Migration> steps_down_to(const std::string& database, const OwnedSteps& owned,
                                     std::uint32_t number, std::span<const AppliedStep> applied) {
  const std::size_t has = checked_history(database, owned, applied).size();
  std::vector<Migration> down;
  for (std::size_t at = has; at > number; --at) down.push_back(owned.steps[at - 1]);
  for (const Migration& step : down) {
    if (!step.down.empty()) continue;
    throw MigrationError(owned.owner,
                         "migration " + label_of(step) + " of " + owned.owner +
                             " cannot be undone; nothing was changed",
                         "stay at it, or restore the database " + database + " from a backup");
  }
  return down;
}

std::string label_of(const Migration& step) {
  return std::to_string(step.number) + " (" + std::string(step.name) + ")";
}

}  // namespace portico::sql

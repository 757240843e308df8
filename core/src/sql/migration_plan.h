// SPDX-License-Identifier: Apache-2.0
// What a database has of somebody's steps, beside what there is: pure, for tests and for
// `migrator`.
#pragma once

#include <portico/sql.h>

#include <chrono>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace portico::sql {

/// The steps of one plugin, or of core, in one database.
struct OwnedSteps {
  std::string owner;
  std::span<const Migration> steps;
};

/// A row of `portico_migrations`.
struct AppliedStep {
  std::string owner;
  std::uint32_t number = 0;
  std::string name;
  std::string checksum;
  std::chrono::microseconds at{0};
  std::chrono::milliseconds took{0};
};

/// Why a database cannot be brought to where it is to be: what an operator reads, and what to do.
class MigrationError : public std::runtime_error {
 public:
  /// `owner` is whose steps it is about; empty where it is about the database.
  MigrationError(std::string owner, const std::string& what, std::string remedy)
      : std::runtime_error(what), owner_(std::move(owner)), remedy_(std::move(remedy)) {}

  [[nodiscard]] const std::string& owner() const noexcept { return owner_; }
  [[nodiscard]] const std::string& remedy() const noexcept { return remedy_; }

 private:
  std::string owner_;
  std::string remedy_;
};

/// Both, as one sentence.
[[nodiscard]] std::string text_of(const MigrationError& error);

/// The steps that are still to be applied, in their order. `applied` is the whole history, in order
/// of owners and numbers. Throws MigrationError where it does not go with the steps.
[[nodiscard]] std::span<const Migration> pending_steps(const std::string& database,
                                                       const OwnedSteps& owned,
                                                       std::span<const AppliedStep> applied);

/// The steps that take it back to `number`, the last one first. Throws MigrationError where one
/// cannot be undone.
[[nodiscard]] std::vector<Migration> steps_down_to(const std::string& database,
                                                   const OwnedSteps& owned, std::uint32_t number,
                                                   std::span<const AppliedStep> applied);

/// "2 (entries)".
[[nodiscard]] std::string label_of(const Migration& step);

}  // namespace portico::sql

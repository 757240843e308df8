// SPDX-License-Identifier: Apache-2.0
// What somebody holds: assignments, and what they were found to allow already. Most users hold what
// many others do, so a thread keeps one holding for all of them, and a bit for each question that
// it allows by the book alone, whatever the time, the scope and the thing. Of one thread.
#pragma once

#include "model/assignment.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace portico::rbac {

/// The number of a permission that some route asks for (questions.h).
using Question = std::uint32_t;

class Holding {
 public:
  /// Remembers what it allows of so many questions.
  Holding(std::vector<Assignment> assignments, std::size_t questions)
      : assignments_(std::move(assignments)), allowed_((questions + PerWord - 1) / PerWord) {}

  [[nodiscard]] const std::vector<Assignment>& assignments() const noexcept { return assignments_; }

  /// Whether it was found to, by the book of that version.
  [[nodiscard]] bool allows(Question question, std::int64_t version) const noexcept {
    return version == version_ && (allowed_[question / PerWord] >> (question % PerWord) & 1) != 0;
  }
  void remember_allowed(Question question, std::int64_t version) noexcept {
    if (version != version_) {
      for (std::uint64_t& word : allowed_) word = 0;
      version_ = version;
    }
    allowed_[question / PerWord] |= std::uint64_t{1} << (question % PerWord);
  }

 private:
  static constexpr std::size_t PerWord = 64;

  std::vector<Assignment> assignments_;
  std::vector<std::uint64_t> allowed_;
  std::int64_t version_ = INT64_MIN;
};

}  // namespace portico::rbac

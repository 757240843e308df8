// SPDX-License-Identifier: Apache-2.0
// What somebody holds: assignments, and what they were found to allow already. Most users hold what
// many others do, so a thread keeps one holding for all of them, and a bit for each question that
// it allows by the book alone, whatever the time, the scope and the thing. Of one thread.
#pragma once

#include "model/assignment.h"
#include "model/tenure.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace portico::rbac {

/// The number of a permission that some route asks for (questions.h).
using Question = std::uint32_t;

class Holding {
 public:
  /// Remembers what it allows of so many questions.
  Holding(std::vector<Assignment> assignments, std::size_t questions)
      : others_(questions <= PerWord ? 0 : (questions - 1) / PerWord),
        assignments_(std::move(assignments)),
        tenures_(tenures_of(assignments_)) {}
  Holding(const Holding&) = delete;
  Holding& operator=(const Holding&) = delete;
  Holding(Holding&&) noexcept = default;
  Holding& operator=(Holding&&) noexcept = default;

  [[nodiscard]] std::span<const Assignment> assignments() const noexcept { return assignments_; }
  /// The same, as decisions read them.
  [[nodiscard]] std::span<const Tenure> tenures() const noexcept { return tenures_; }

  /// Whether it was found to, by the book of that version.
  [[nodiscard]] bool allows(Question question, std::int64_t version) const noexcept {
    return version == version_ && (word_of(question) >> (question % PerWord) & 1) != 0;
  }
  void remember_allowed(Question question, std::int64_t version) noexcept {
    if (version != version_) {
      first_ = 0;
      for (std::uint64_t& word : others_) word = 0;
      version_ = version;
    }
    (question < PerWord ? first_ : others_[question / PerWord - 1]) |= std::uint64_t{1}
                                                                       << (question % PerWord);
  }

 private:
  static constexpr std::size_t PerWord = 64;

  [[nodiscard]] std::uint64_t word_of(Question question) const noexcept {
    return question < PerWord ? first_ : others_[question / PerWord - 1];
  }

  // What most decisions look at, in one cache line.
  std::int64_t version_ = INT64_MIN;
  std::uint64_t first_ = 0;
  std::vector<std::uint64_t> others_;
  std::vector<Assignment> assignments_;
  std::vector<Tenure> tenures_;
};

}  // namespace portico::rbac

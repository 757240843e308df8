// SPDX-License-Identifier: Apache-2.0
#include "sql/migration_lint.h"

#include "base/text.h"
#include "sql/migration_plan.h"
#include "sql/migration_text.h"
#include "sql/placeholders.h"
#include "sql/statement_lint.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace portico::sql {
namespace {

constexpr std::size_t LongestName = 60;

[[nodiscard]] bool good_name(std::string_view name) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || base::is_digit(c) || c == '_'; };
  return !name.empty() && name.size() <= LongestName && std::ranges::all_of(name, fits);
}

[[nodiscard]] std::optional<Fault> fault_of_values(std::string_view statement) {
  const auto count = count_placeholders(statement);
  if (!count) return Fault{"of a statement, " + count.error(), "write it another way"};
  if (*count == 0) return std::nullopt;
  return Fault{"it has a placeholder, and nobody gives it a value", "write the value"};
}

/// Of `up` or `down`.
[[nodiscard]] std::vector<Fault> faults_of_text(std::string_view text) {
  const auto tokens = tokens_of(text);
  if (!tokens) return {{tokens.error(), "write what both engines read alike"}};
  const auto statements = split_statements(*tokens);
  if (statements.empty()) return {{"it has no statement", "write one"}};
  std::vector<Fault> faults;
  for (const auto& statement : statements) {
    const char* const begin = statement.front().text.data();
    const Token& last = statement.back();
    auto fault = fault_of_statement(statement);
    if (!fault) fault = fault_of_values({begin, last.text.data() + last.text.size()});
    if (fault) faults.push_back(*std::move(fault));
  }
  return faults;
}

[[nodiscard]] std::vector<Fault> faults_of_number(const Migration& step, std::size_t expected,
                                                  bool again) {
  if (step.number == expected) return {};
  if (again) return {{"there is another one of this number", "number them from 1, each once"}};
  return {{"its number should be " + std::to_string(expected),
           "number them from 1, without gaps and in their order"}};
}

[[nodiscard]] std::vector<Fault> faults_of_step(const Migration& step) {
  std::vector<Fault> faults;
  if (!good_name(step.name)) {
    faults.push_back({"its name is not made of a-z, 0-9 and '_'", "call it another way"});
  }
  std::ranges::move(faults_of_text(step.up), std::back_inserter(faults));
  if (step.down.empty()) return faults;
  for (Fault& fault : faults_of_text(step.down)) {
    faults.push_back({"in `down`, " + fault.what, std::move(fault.remedy)});
  }
  return faults;
}

}  // namespace

std::vector<Fault> faults_of(std::span<const Migration> steps) {
  std::vector<Fault> all;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto before = steps.first(i);
    const bool again =
        std::ranges::find(before, steps[i].number, &Migration::number) != before.end();
    std::vector<Fault> faults = faults_of_number(steps[i], i + 1, again);
    std::ranges::move(faults_of_step(steps[i]), std::back_inserter(faults));
    const std::string which =
        "migration " + base::escape_control(base::shorten(label_of(steps[i]), 100)) + ": ";
    for (Fault& fault : faults) {
      all.push_back({which + base::escape_control(fault.what), std::move(fault.remedy)});
    }
  }
  return all;
}

}  // namespace portico::sql

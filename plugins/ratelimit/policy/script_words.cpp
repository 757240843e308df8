// SPDX-License-Identifier: Apache-2.0
#include "policy/policy.h"

#include <variant>

namespace portico::ratelimit {
namespace {

using Numbers = std::array<std::int64_t, ScriptWords - 1>;

std::array<std::string, ScriptWords> words_of(char letter, const Numbers& numbers) {
  std::array<std::string, ScriptWords> words{std::string(1, letter)};
  for (std::size_t i = 0; i < numbers.size(); ++i) words[i + 1] = std::to_string(numbers[i]);
  return words;
}

}  // namespace

std::array<std::string, ScriptWords> script_words(const SettledLimit& limit) {
  const Limit::Kind& kind = limit.limit.kind();
  const std::int64_t quota = limit.quota;
  if (const auto* const gcra = std::get_if<Gcra>(&kind)) {
    const std::int64_t parts = gcra->parts();
    return words_of('g', {parts, gcra->interval() / parts, gcra->interval() % parts,
                          gcra->tolerance() / parts, gcra->tolerance() % parts});
  }
  if (const auto* const fixed = std::get_if<Fixed>(&kind)) {
    const Period& period = fixed->period();
    // A calendar month has no one length.
    return words_of('f', {quota, period.is_even() ? period.length() : 0, 0, 0, 0});
  }
  if (std::holds_alternative<Sliding>(kind)) {
    return words_of('s', {quota, limit.window * 1000, 0, 0, 0});
  }
  return words_of('c', {quota, 0, 0, 0, 0});
}

}  // namespace portico::ratelimit

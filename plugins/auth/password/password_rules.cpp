// SPDX-License-Identifier: Apache-2.0
#include "password/password_rules.h"

#include "password/guesses.h"
#include "password/passwords.h"
#include "shared/ascii.h"
#include "shared/code_points.h"

#include <algorithm>

namespace portico::auth {
namespace {

constexpr std::size_t ShortestWord = 3;
constexpr std::size_t ShortestOwnWord = 4;

bool contains(std::string_view text, std::string_view word) {
  const auto same = [](char one, char other) { return lower(one) == lower(other); };
  return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

bool has_any(std::string_view password, std::span<const std::string> words) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return word.size() >= ShortestWord && contains(password, word);
  });
}

bool right_length(std::string_view password, const PasswordRules& rules) {
  // Bytes before anything else: counting a megabyte is work that anybody could ask for.
  if (password.size() > MostPasswordBytes) return false;
  const auto length = count_code_points(password);
  return length && *length >= rules.shortest && *length <= rules.longest;
}

std::vector<std::string> joined(std::span<const std::string> one,
                                std::span<const std::string> other) {
  std::vector<std::string> all(one.begin(), one.end());
  all.insert(all.end(), other.begin(), other.end());
  return all;
}

}  // namespace

std::string_view code(Weakness weakness) noexcept {
  switch (weakness) {
    case Weakness::Length: return "length";
    case Weakness::Common: return "common";
    case Weakness::Context: return "context";
    case Weakness::Breached: return "breached";
  }
  return {};
}

std::string_view sentence(Weakness weakness) noexcept {
  switch (weakness) {
    case Weakness::Length: return "The password is too short or too long.";
    case Weakness::Common: return "The password is among the first that others would guess.";
    case Weakness::Context: return "The password has your own name or this site's in it.";
    case Weakness::Breached: return "The password is known from a breach of another site.";
  }
  return {};
}

std::vector<Weakness> weaknesses(std::string_view password, const PasswordRules& rules,
                                 std::span<const std::string> own) {
  if (!right_length(password, rules)) return {Weakness::Length};
  std::vector<Weakness> found;
  const std::vector<std::string> words = joined(rules.words, own);
  if (guess_bits(password, words) < FirstGuesses) found.push_back(Weakness::Common);
  if (has_any(password, words)) found.push_back(Weakness::Context);
  return found;
}

std::vector<std::string> own_words(std::string_view email) {
  const std::string_view local = email.substr(0, email.find('@'));
  if (local.size() < ShortestOwnWord) return {};
  return {std::string(local)};
}

}  // namespace portico::auth

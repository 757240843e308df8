// SPDX-License-Identifier: Apache-2.0
#include "gate/claim.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>

namespace portico::rbac {
namespace {

/// Walks over JSON that somebody has verified; where it is none after all, it comes to an end early
/// and finds nothing. RapidJSON's reader copies every text that it meets.
class Walk {
 public:
  explicit Walk(std::string_view text) noexcept : rest_(text) {}

  /// Steps behind that sign, and the blanks before it.
  bool take(char sign) noexcept {
    skip_blanks();
    if (!rest_.starts_with(sign)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// The text within quotes, as it is written.
  std::optional<std::string_view> take_text() noexcept {
    if (!take('"')) return std::nullopt;
    for (std::size_t i = 0; i < rest_.size(); ++i) {
      if (rest_[i] == '\\') {
        ++i;
      } else if (rest_[i] == '"') {
        const std::string_view text = rest_.substr(0, i);
        rest_.remove_prefix(i + 1);
        return text;
      }
    }
    rest_ = {};
    return std::nullopt;
  }

  /// What is neither a text nor a container.
  std::string_view take_word() noexcept {
    skip_blanks();
    const std::size_t end = std::min(rest_.find_first_of(",]} \t\r\n"), rest_.size());
    const std::string_view word = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return word;
  }

  [[nodiscard]] char next() noexcept {
    skip_blanks();
    return rest_.empty() ? '\0' : rest_.front();
  }

  /// Steps behind a whole value.
  void skip_value() noexcept {
    std::size_t open = 0;
    do {
      switch (next()) {
        case '\0': return;
        case '"': (void)take_text(); break;
        case '{':
        case '[':
          ++open;
          rest_.remove_prefix(1);
          continue;
        case '}':
        case ']':
          if (open == 0) return;
          --open;
          rest_.remove_prefix(1);
          break;
        case ',':
        case ':': rest_.remove_prefix(1); break;
        default: (void)take_word();
      }
    } while (open > 0);
  }

 private:
  void skip_blanks() noexcept {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
  }

  std::string_view rest_;
};

template <class Number>
std::optional<Number> number_of(std::string_view word) noexcept {
  Number number{};
  const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (fault != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return number;
}

Value value_at(Walk& walk) noexcept {
  const char first = walk.next();
  if (first == '{' || first == '[') return {};
  if (first == '"') {
    const auto text = walk.take_text();
    if (!text || text->find('\\') != std::string_view::npos) return {};
    return *text;
  }
  const std::string_view word = walk.take_word();
  if (word == "true") return true;
  if (word == "false") return false;
  if (const auto whole = number_of<std::int64_t>(word)) return *whole;
  if (const auto number = number_of<double>(word)) return *number;
  return {};
}

/// Stands before the value of that member of the object that comes next.
bool enter(Walk& walk, std::string_view member) noexcept {
  if (!walk.take('{')) return false;
  while (walk.next() == '"') {
    const auto name = walk.take_text();
    if (!name || !walk.take(':')) return false;
    if (*name == member) return true;
    walk.skip_value();
    if (!walk.take(',')) return false;
  }
  return false;
}

}  // namespace

Value claim_of(std::string_view claims, std::string_view path) noexcept {
  Walk walk(claims);
  for (;;) {
    const std::size_t end = std::min(path.find('.'), path.size());
    if (!enter(walk, path.substr(0, end))) return {};
    if (end == path.size()) return value_at(walk);
    path.remove_prefix(end + 1);
  }
}

}  // namespace portico::rbac

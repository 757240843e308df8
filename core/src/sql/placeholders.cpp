// SPDX-License-Identifier: Apache-2.0
#include "sql/placeholders.h"

#include "base/text.h"

#include <optional>
#include <string>
#include <utility>

namespace portico::sql {
namespace {

[[nodiscard]] bool of_word(char c) noexcept {
  return base::is_letter(c) || base::is_digit(c) || c == '_';
}

/// Goes through a statement once, piece by piece.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  Result<std::size_t> count() {
    while (at_ < text_.size() && fault_.empty()) step();
    if (fault_.empty() && ended_ && !base::trim(text_.substr(*ended_ + 1)).empty()) {
      fault_ = "there is more than one statement; write them one by one";
    }
    if (!fault_.empty()) return Error(std::move(fault_));
    return seen_;
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const noexcept {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void step() {
    const char c = peek();
    if (c == '\'' || c == '"') {
      pass_quoted(c);
    } else if (c == '-' && peek(1) == '-') {
      pass_until("\n");
    } else if (c == '/' && peek(1) == '*') {
      pass_until("*/");
    } else if (c == '$') {
      take_dollar();
    } else if (c == '?' || c == '@' || (c == ':' && peek(1) != ':')) {
      fault_ = std::string("it has a placeholder by ") + c + "; write $1, $2 and so on";
    } else if (of_word(c)) {
      while (of_word(peek()) || peek() == '$') ++at_;
    } else {
      if (c == ';' && !ended_) ended_ = at_;
      at_ += c == ':' ? 2 : 1;
    }
  }

  void pass_quoted(char quote) {
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) {
      fault_ = std::string("a ") + quote + " is not closed";
      return;
    }
    refuse_dollars(text_.substr(at_, end - at_));
    at_ = end + 1;
  }

  void pass_until(std::string_view end) {
    const std::size_t found = text_.find(end, at_ + 2);
    const std::size_t after = found == std::string_view::npos ? text_.size() : found + end.size();
    refuse_dollars(text_.substr(at_, after - at_));
    at_ = after;
  }

  /// In a literal or a comment, where Poco would count it as a placeholder.
  void refuse_dollars(std::string_view piece) {
    for (std::size_t i = 0; i + 1 < piece.size(); ++i) {
      if (piece[i] == '$' && base::is_digit(piece[i + 1])) {
        fault_ = "$ and a digit stand in a literal or a comment; hand the literal over as a value";
      }
    }
  }

  void take_dollar() {
    std::size_t number = 0;
    std::size_t digits = 0;
    while (base::is_digit(peek(digits + 1)) && digits < 4) {
      number = number * 10 + static_cast<std::size_t>(peek(++digits) - '0');
    }
    if (digits == 0) {
      fault_ = "it has a $ that is no placeholder; hand literals over as values";
      return;
    }
    if (number == 0 || number > seen_ + 1) {
      fault_ = "$" + std::to_string(number) + " appears where $" + std::to_string(seen_ + 1) +
               " must; placeholders appear for the first time in the order of their numbers";
      return;
    }
    if (number == seen_ + 1) ++seen_;
    at_ += digits + 1;
  }

  const std::string_view text_;
  std::size_t at_ = 0;
  std::size_t seen_ = 0;
  std::optional<std::size_t> ended_;
  std::string fault_;
};

}  // namespace

Result<std::size_t> count_placeholders(std::string_view text) {
  if (base::trim(text).empty()) return Error("there is no statement");
  return Scanner(text).count();
}

}  // namespace portico::sql

// SPDX-License-Identifier: Apache-2.0
#include "sql/tokens.h"

#include "base/text.h"

#include <algorithm>
#include <string>
#include <utility>

namespace portico::sql {
namespace {

using Kind = Token::Kind;

[[nodiscard]] bool begins_word(char c) noexcept {
  return base::is_letter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

[[nodiscard]] bool of_word(char c) noexcept { return begins_word(c) || base::is_digit(c); }

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> run() {
    while (at_ < text_.size() && fault_.empty()) step();
    if (!fault_.empty()) return Error(std::move(fault_));
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const noexcept {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  void take(Kind kind, std::size_t end) {
    tokens_.push_back({kind, text_.substr(at_, end - at_)});
    at_ = end;
  }

  void step() {
    const char c = peek();
    if (base::trim(text_.substr(at_, 1)).empty()) {
      ++at_;
    } else if (c == '-' && peek(1) == '-') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (c == '/' && peek(1) == '*') {
      pass_comment();
    } else if (c == '\'' || c == '"') {
      take_quoted(c);
    } else if (begins_word(c)) {
      take(Kind::Word, end_of_word());
    } else if (base::is_digit(c)) {
      take(Kind::Number, end_of_word());
    } else {
      take_symbol(c);
    }
  }

  [[nodiscard]] std::size_t end_of_word() const noexcept {
    std::size_t end = at_;
    while (end < text_.size() && of_word(text_[end])) ++end;
    return end;
  }

  // In PostgreSQL a comment may hold a comment; in SQLite the first */ ends both.
  void pass_comment() {
    const std::size_t end = text_.find("*/", at_ + 2);
    if (end == std::string_view::npos) {
      fault_ = "a comment is not closed";
    } else if (text_.substr(at_ + 2, end - at_ - 2).find("/*") != std::string_view::npos) {
      fault_ = "a comment begins in a comment";
    } else {
      at_ = end + 2;
    }
  }

  // A quote that is written twice stands for itself.
  void take_quoted(char quote) {
    if (quote == '\'' && at_ > 0 && of_word(text_[at_ - 1])) {
      fault_ = "a literal has a letter before its quote";
      return;
    }
    std::size_t end = text_.find(quote, at_ + 1);
    while (end != std::string_view::npos && end + 1 < text_.size() && text_[end + 1] == quote) {
      end = text_.find(quote, end + 2);
    }
    if (end == std::string_view::npos) {
      fault_ = std::string("a ") + quote + " is not closed";
      return;
    }
    take(quote == '"' ? Kind::QuotedName : Kind::Literal, end + 1);
  }

  void take_symbol(char c) {
    constexpr std::string_view Strange = "[]`$?@:#\\{}";
    if (Strange.find(c) != std::string_view::npos || c == '\0') {
      fault_ = "a " + base::escape_control(std::string(1, c)) +
               " stands where SQLite and PostgreSQL would read different things";
      return;
    }
    take(Kind::Symbol, at_ + 1);
  }

  const std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
  std::string fault_;
};

}  // namespace

bool Token::is(std::string_view what) const noexcept {
  return (kind == Kind::Word || kind == Kind::Symbol) && base::iequals(text, what);
}

Result<std::vector<Token>> tokens_of(std::string_view text) { return Scanner(text).run(); }

}  // namespace portico::sql

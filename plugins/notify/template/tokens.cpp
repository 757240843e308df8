// SPDX-License-Identifier: Apache-2.0
#include "template/tokens.h"

#include "template/html_space.h"
#include "template/names.h"

#include <utility>

namespace portico::notify::templates {
namespace {

constexpr auto Nowhere = std::string_view::npos;

Token::Kind kind_of(char sigil) noexcept {
  switch (sigil) {
    case '#': return Token::Kind::Section;
    case '^': return Token::Kind::Inverted;
    case '/': return Token::Kind::Close;
    case '>': return Token::Kind::Partial;
    case '<': return Token::Kind::Layout;
    case '$': return Token::Kind::Block;
    case '!': return Token::Kind::Comment;
    default: return Token::Kind::Variable;
  }
}

std::string_view without_spaces(std::string_view text) noexcept {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// A list without names has its element in ".".
bool may_be_dot(Token::Kind kind) noexcept {
  return kind == Token::Kind::Variable || kind == Token::Kind::Section ||
         kind == Token::Kind::Inverted || kind == Token::Kind::Close;
}

std::string fault_of_name(Token::Kind kind, std::string_view name) {
  if (kind == Token::Kind::Comment || is_template_name(name)) return {};
  if (name == "." && may_be_dot(kind)) return {};
  if (name.empty()) return "A tag names something: write {{name}}.";
  switch (name.front()) {
    case '{':
    case '&':
      return "There is no unescaped output: write {{name}}, which is escaped as its place asks.";
    case '=': return "The marks of tags cannot be changed: they are {{ and }}.";
    default: break;
  }
  if (kind == Token::Kind::Partial || kind == Token::Kind::Layout) {
    return "Write the key of a template here, as {{> notify.footer}}: letters, digits and \"_\", "
           "joined by dots. It is no path.";
  }
  return "Write a name here, as {{order.number}}: letters, digits and \"_\", joined by dots, at "
         "most 128 bytes. There are no expressions.";
}

class Cutter {
 public:
  explicit Cutter(std::string_view source) noexcept : source_(source) {}

  std::variant<std::vector<Token>, FaultAt> cut() {
    while (at_ < source_.size()) {
      const std::size_t open = source_.find("{{", at_);
      if (open == Nowhere) break;
      if (auto fault = tag(open)) return *std::move(fault);
    }
    literal(source_.size());
    return std::move(tokens_);
  }

 private:
  std::optional<FaultAt> tag(std::size_t open) {
    const std::size_t close = source_.find("}}", open + 2);
    if (close == Nowhere) return FaultAt{open, "This tag does not end: write }} behind it."};
    std::string_view inner = source_.substr(open + 2, close - open - 2);
    const Token::Kind kind = inner.empty() ? Token::Kind::Variable : kind_of(inner.front());
    if (kind != Token::Kind::Variable) inner.remove_prefix(1);
    const std::string_view name = without_spaces(inner);
    if (auto sentence = fault_of_name(kind, name); !sentence.empty()) {
      return FaultAt{open, std::move(sentence)};
    }
    std::size_t from = open;
    std::size_t next = close + 2;
    if (kind != Token::Kind::Variable) widen(from, next);
    literal(from);
    tokens_.push_back({kind, open, name});
    at_ = next;
    return std::nullopt;
  }

  /// To the whole line where nothing else stands on it.
  void widen(std::size_t& from, std::size_t& next) const noexcept {
    std::size_t begin = from;
    while (begin > 0 && is_blank(source_[begin - 1])) --begin;
    if (begin > 0 && source_[begin - 1] != '\n') return;
    std::size_t end = next;
    while (end < source_.size() && is_blank(source_[end])) ++end;
    if (end < source_.size() && source_[end] != '\n') return;
    from = begin;
    next = end < source_.size() ? end + 1 : end;
  }

  static bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

  void literal(std::size_t end) {
    if (end > at_) {
      tokens_.push_back({Token::Kind::Literal, at_, source_.substr(at_, end - at_)});
    }
  }

  const std::string_view source_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::variant<std::vector<Token>, FaultAt> tokens_of(std::string_view source) {
  return Cutter(source).cut();
}

}  // namespace portico::notify::templates

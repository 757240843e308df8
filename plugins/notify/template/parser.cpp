// SPDX-License-Identifier: Apache-2.0
#include "template/parser.h"

#include "template/html_reader.h"
#include "template/html_space.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace portico::notify::templates {
namespace {

using Fault = std::optional<FaultAt>;

std::string quoted(std::string_view name) { return '"' + std::string(name) + '"'; }

Node::Kind kind_of(Token::Kind kind) noexcept {
  switch (kind) {
    case Token::Kind::Variable: return Node::Kind::Variable;
    case Token::Kind::Section: return Node::Kind::Section;
    case Token::Kind::Inverted: return Node::Kind::Inverted;
    case Token::Kind::Partial: return Node::Kind::Partial;
    case Token::Kind::Layout: return Node::Kind::Layout;
    case Token::Kind::Block: return Node::Kind::Block;
    default: return Node::Kind::Literal;
  }
}

bool is_blank(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_space(c); });
}

class Parser {
 public:
  Parser(std::string_view source, Escape escape) noexcept : source_(source), escape_(escape) {}

  std::variant<Nodes, FaultAt> parse() {
    auto tokens = tokens_of(source_);
    if (auto* const fault = std::get_if<FaultAt>(&tokens)) return std::move(*fault);
    for (const Token& token : std::get<std::vector<Token>>(tokens)) {
      if (auto fault = add(token)) return *std::move(fault);
    }
    if (auto fault = end()) return *std::move(fault);
    return std::move(nodes_);
  }

 private:
  struct Open {
    std::uint32_t node;
    std::size_t at;
    HtmlReader where;
    std::string_view name;
  };

  Fault add(const Token& token) {
    if (in_layout() && token.kind != Token::Kind::Block && token.kind != Token::Kind::Close &&
        token.kind != Token::Kind::Comment) {
      if (token.kind == Token::Kind::Literal && is_blank(token.text)) return {};
      return FaultAt{token.at,
                     "In a layout stand blocks alone: put this into one, as "
                     "{{$content}}...{{/content}}."};
    }
    if (token.kind == Token::Kind::Literal) return literal(token);
    if (escape_ == Escape::Html) {
      if (auto sentence = html_.fault_of(token.kind); !sentence.empty()) {
        return FaultAt{token.at, std::move(sentence)};
      }
    }
    switch (token.kind) {
      case Token::Kind::Comment: return {};
      case Token::Kind::Close: return close(token);
      case Token::Kind::Variable: return variable(token);
      case Token::Kind::Partial: push(token); return {};
      default: return open(token);
    }
  }

  [[nodiscard]] bool in_layout() const noexcept {
    return !open_.empty() && nodes_[open_.back().node].kind == Node::Kind::Layout;
  }

  Fault literal(const Token& token) {
    if (escape_ == Escape::Html) {
      if (auto fault = html_.read(token.text)) {
        fault->at += token.at;
        return fault;
      }
    }
    push(token);
    return {};
  }

  Fault variable(const Token& token) {
    Node& node = push(token);
    switch (escape_) {
      case Escape::Text: node.place = Place::Text; break;
      case Escape::Line: node.place = Place::Line; break;
      case Escape::Html: node.place = html_.take_variable(); break;
    }
    return {};
  }

  Fault open(const Token& token) {
    if (open_.size() == MostNesting) {
      return FaultAt{token.at, "Nest sections and blocks at most 32 deep."};
    }
    if (token.kind == Token::Kind::Block) {
      if (auto fault = repeated(token)) return fault;
    }
    open_.push_back({static_cast<std::uint32_t>(nodes_.size()), token.at, html_, token.text});
    push(token);
    return {};
  }

  /// Of two blocks of one name in a layout, one would never be seen.
  Fault repeated(const Token& block) const {
    if (!in_layout()) return {};
    std::size_t count = 0;
    for (std::uint32_t at = open_.back().node + 1; at < nodes_.size(); at = nodes_[at].end) {
      if (source_.substr(nodes_[at].begin, nodes_[at].size) == block.text) {
        return FaultAt{block.at,
                       "This layout has a block " + quoted(block.text) + " already; keep one."};
      }
      if (++count == MostBlocks) return FaultAt{block.at, "Replace at most 32 blocks of a layout."};
    }
    return {};
  }

  Fault close(const Token& token) {
    if (open_.empty()) {
      return FaultAt{token.at, "Nothing is open here that {{/" + std::string(token.text) +
                                   "}} could close; take it out."};
    }
    const Open& opened = open_.back();
    if (opened.name != token.text) {
      return FaultAt{token.at, "What is open here is " + quoted(opened.name) + ": write {{/" +
                                   std::string(opened.name) + "}}."};
    }
    if (!html_.stands_as(opened.where)) {
      return FaultAt{token.at,
                     "A section ends where it begins, in the text or in one value: close the "
                     "quotes and tags that were opened since."};
    }
    nodes_[opened.node].end = static_cast<std::uint32_t>(nodes_.size());
    open_.pop_back();
    return {};
  }

  Fault end() const {
    if (!open_.empty()) {
      return FaultAt{open_.back().at, "This is not closed: write {{/" +
                                          std::string(open_.back().name) + "}} where it ends."};
    }
    if (!html_.at_text()) {
      return FaultAt{source_.size(),
                     "The template ends within a tag, a value, a title, styles or a comment: "
                     "close that."};
    }
    return {};
  }

  Node& push(const Token& token) {
    const auto begin = static_cast<std::uint32_t>(token.text.data() - source_.data());
    nodes_.push_back({.kind = kind_of(token.kind),
                      .begin = begin,
                      .size = static_cast<std::uint32_t>(token.text.size()),
                      .end = static_cast<std::uint32_t>(nodes_.size() + 1)});
    return nodes_.back();
  }

  const std::string_view source_;
  const Escape escape_;
  HtmlReader html_;
  Nodes nodes_;
  std::vector<Open> open_;
};

}  // namespace

std::variant<Nodes, FaultAt> parse_nodes(std::string_view source, Escape escape) {
  return Parser(source, escape).parse();
}

}  // namespace portico::notify::templates

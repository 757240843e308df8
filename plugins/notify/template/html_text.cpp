// SPDX-License-Identifier: Apache-2.0
#include "template/html_text.h"

#include "shared/ascii.h"
#include "template/character_references.h"
#include "template/html_space.h"
#include "template/links.h"
#include "template/written.h"

#include <algorithm>
#include <array>
#include <span>

namespace portico::notify {
namespace {

using templates::is_space;

constexpr auto Nowhere = std::string_view::npos;

/// A blank line around them.
constexpr std::array<std::string_view, 14> Paragraphs{
    "blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "table", "ul"};
/// On lines of their own.
constexpr std::array<std::string_view, 14> Lines{"address", "article", "body",   "center", "dd",
                                                 "div",     "dt",      "footer", "header", "li",
                                                 "main",    "section", "title",  "tr"};
constexpr std::array<std::string_view, 3> Unseen{"head", "style", "title"};
constexpr std::array<std::string_view, 8> Void{"area", "br",   "col",   "hr",
                                               "img",  "link", "input", "meta"};

bool is_among(std::span<const std::string_view> names, std::string_view name) noexcept {
  return std::find(names.begin(), names.end(), name) != names.end();
}

struct Tag {
  std::string name;
  bool closes = false;
  std::string_view attributes{};
};

/// In quotes, as templates of ours have them; empty where there is none.
std::string_view attribute_of(const Tag& tag, std::string_view name) noexcept {
  std::string_view rest = tag.attributes;
  while (!rest.empty()) {
    const std::size_t open = rest.find_first_of("\"'");
    if (open == Nowhere) return {};
    const std::size_t close = rest.find(rest[open], open + 1);
    if (close == Nowhere) return {};
    std::string_view before = rest.substr(0, open);
    while (!before.empty() && (is_space(before.back()) || before.back() == '=')) {
      before.remove_suffix(1);
    }
    const std::size_t space = before.find_last_of(" \n\t");
    if (space != Nowhere) before.remove_prefix(space + 1);
    if (before.size() == name.size() && begins_with(before, name)) {
      return rest.substr(open + 1, close - open - 1);
    }
    rest.remove_prefix(close + 1);
  }
  return {};
}

bool is_hidden(const Tag& tag) {
  std::string style = in_small_letters(attribute_of(tag, "style"));
  std::erase_if(style, [](char c) { return is_space(c); });
  return style.find("display:none") != std::string::npos;
}

/// Writes words, with no more space between them than counts.
class Page {
 public:
  void words(std::string_view text) {
    for (const char c : text) {
      if (is_space(c)) {
        space();
        continue;
      }
      if (!text_.empty()) text_ += lines_ > 0 ? std::string(lines_, '\n') : space_ ? " " : "";
      lines_ = 0;
      space_ = false;
      text_ += c;
    }
  }
  void space() noexcept { space_ = true; }
  void at_least(std::size_t lines) noexcept { lines_ = std::max(lines_, lines); }
  void line_break() noexcept { lines_ = std::min<std::size_t>(lines_ + 1, 2); }
  [[nodiscard]] std::size_t size() const noexcept { return text_.size(); }
  /// What was written since the page was so long.
  [[nodiscard]] std::string_view since(std::size_t size) const noexcept {
    return std::string_view(text_).substr(size);
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::size_t lines_ = 0;
  bool space_ = false;
};

class Reader {
 public:
  explicit Reader(std::string_view html) noexcept : rest_(html) {}

  std::string read() {
    while (!rest_.empty()) {
      const std::size_t open = rest_.find('<');
      if (hidden_.empty()) page_.words(templates::decoded(rest_.substr(0, open)));
      if (open == Nowhere) break;
      rest_.remove_prefix(open);
      markup();
    }
    end_link();
    return page_.take();
  }

 private:
  void markup() {
    const bool comment = rest_.starts_with("<!--");
    const std::size_t end = comment ? rest_.find("-->") : end_of_tag();
    if (end == Nowhere) {
      rest_ = {};
      return;
    }
    std::string_view inner = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + (comment ? 3 : 1));
    if (comment) return;
    Tag tag;
    tag.closes = inner.starts_with('/');
    if (tag.closes) inner.remove_prefix(1);
    const std::size_t size = std::min(inner.find_first_of(" \n\t/"), inner.size());
    tag.name = in_small_letters(inner.substr(0, size));
    tag.attributes = inner.substr(size);
    hidden_.empty() ? shown(tag) : unseen(tag);
  }

  /// Not at a ">" in a value.
  [[nodiscard]] std::size_t end_of_tag() const noexcept {
    char quote = 0;
    for (std::size_t at = 1; at < rest_.size(); ++at) {
      const char c = rest_[at];
      if (quote == 0 && c == '>') return at;
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
    }
    return Nowhere;
  }

  void unseen(const Tag& tag) {
    if (tag.name != hidden_) return;
    depth_ += tag.closes ? -1 : 1;
    if (depth_ == 0) hidden_.clear();
  }

  void shown(const Tag& tag) {
    const bool opens = !tag.closes && !is_among(Void, tag.name);
    if (opens && (is_among(Unseen, tag.name) || is_hidden(tag))) {
      hidden_ = tag.name;
      depth_ = 1;
      return;
    }
    if (is_among(Paragraphs, tag.name)) page_.at_least(2);
    if (is_among(Lines, tag.name)) page_.at_least(1);
    if (tag.name == "br") page_.line_break();
    if (tag.name == "td" || tag.name == "th") page_.space();
    if (tag.name == "li" && !tag.closes) page_.words("- ");
    if (tag.name == "img") page_.words(templates::decoded(attribute_of(tag, "alt")));
    if (tag.name == "a") {
      end_link();
      if (!tag.closes) begin_link(tag);
    }
  }

  void begin_link(const Tag& tag) {
    link_ = templates::decoded(attribute_of(tag, "href"));
    link_begin_ = page_.size();
  }

  void end_link() {
    if (link_.empty() || link_.starts_with(templates::InertLink)) return link_.clear();
    std::string_view shown = page_.since(link_begin_);
    while (!shown.empty() && is_space(shown.front())) shown.remove_prefix(1);
    if (shown.empty()) {
      page_.words(link_);
    } else if (shown != link_ && "mailto:" + std::string(shown) != link_) {
      page_.words(" (" + link_ + ")");
    }
    link_.clear();
  }

  std::string_view rest_;
  Page page_;
  std::string hidden_;  // The element that is left out, while it lasts.
  int depth_ = 0;
  std::string link_;
  std::size_t link_begin_ = 0;
};

}  // namespace

std::string text_of_html(std::string_view html) {
  return templates::written(Reader(html).read(), templates::Place::Text);
}

}  // namespace portico::notify

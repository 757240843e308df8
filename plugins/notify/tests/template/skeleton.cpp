// SPDX-License-Identifier: Apache-2.0
#include "tests/template/skeleton.h"

#include "shared/ascii.h"
#include "template/character_references.h"
#include "template/html_space.h"

#include <array>

namespace portico::notify::test {
namespace {

using templates::is_space;

constexpr auto Nowhere = std::string_view::npos;

/// As browsers do: they strip spaces and controls in front, and tabs and line ends everywhere.
bool runs_code(std::string_view value) {
  std::string link = templates::decoded(value);
  std::erase_if(link, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
  std::size_t begin = 0;
  while (begin < link.size() && static_cast<unsigned char>(link[begin]) <= 0x20) ++begin;
  const std::size_t end = link.find_first_of(":/?#", begin);
  if (end == Nowhere || link[end] != ':') return false;
  const std::string scheme = in_small_letters(std::string_view(link).substr(begin, end - begin));
  for (const std::string_view harmless : {"http", "https", "mailto", "tel"}) {
    if (scheme == harmless) return false;
  }
  return true;
}

class Reader {
 public:
  explicit Reader(std::string_view html) : rest_(html) {}

  std::vector<std::string> read() {
    while (!rest_.empty()) {
      const std::size_t open = rest_.find('<');
      if (open == Nowhere) break;
      rest_.remove_prefix(open + 1);
      markup();
    }
    return std::move(found_);
  }

 private:
  void markup() {
    if (rest_.starts_with("!--")) return comment();
    const bool closes = rest_.starts_with('/');
    const std::size_t name_at = closes ? 1 : 0;
    if (rest_.size() > name_at && is_letter(rest_[name_at])) return tag(closes);
    if (closes || rest_.starts_with('!') || rest_.starts_with('?')) {
      found_.emplace_back("!");
      skip_behind(rest_.find('>'), 1);
    }
  }

  void comment() {
    found_.emplace_back("!--");
    rest_.remove_prefix(3);
    if (rest_.starts_with('>')) return rest_.remove_prefix(1);
    if (rest_.starts_with("->")) return rest_.remove_prefix(2);
    const std::size_t plain = rest_.find("-->");
    const std::size_t odd = rest_.find("--!>");
    plain < odd ? skip_behind(plain, 3) : skip_behind(odd, 4);
  }

  void skip_behind(std::size_t at, std::size_t size) {
    rest_.remove_prefix(at == Nowhere ? rest_.size() : at + size);
  }

  void tag(bool closes) {
    if (closes) rest_.remove_prefix(1);
    const std::string name = in_small_letters(take_until(" \n\t\f\r/>"));
    std::string found = (closes ? "/" : "") + name;
    while (true) {
      while (!rest_.empty() && (is_space(rest_.front()) || rest_.front() == '/')) {
        rest_.remove_prefix(1);
      }
      if (rest_.empty()) return;  // A tag that does not end is none.
      if (rest_.front() == '>') break;
      found += ' ' + attribute();
    }
    rest_.remove_prefix(1);
    found_.push_back(std::move(found));
    if (!closes) skip_raw(name);
  }

  std::string attribute() {
    std::string name(rest_.substr(0, 1));
    rest_.remove_prefix(1);
    name = in_small_letters(name.append(take_until(" \n\t\f\r/>=")));
    std::string_view after = rest_;
    while (!after.empty() && is_space(after.front())) after.remove_prefix(1);
    std::string_view value;
    if (after.starts_with('=')) {
      rest_ = after.substr(1);
      value = take_value();
    }
    const bool link = name == "href" || name == "src" || name == "action" || name == "formaction" ||
                      name == "background";
    const bool bad = name.starts_with("on") || name == "srcdoc" || (link && runs_code(value));
    return bad ? name + '!' : name;
  }

  std::string_view take_value() {
    while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
    if (!rest_.starts_with('"') && !rest_.starts_with('\'')) return take_until(" \n\t\f\r>");
    const char quote = rest_.front();
    rest_.remove_prefix(1);
    const std::string_view value = take_until(std::string_view(&quote, 1));
    rest_.remove_prefix(rest_.empty() ? 0 : 1);
    return value;
  }

  std::string_view take_until(std::string_view ends) {
    const std::string_view taken = rest_.substr(0, rest_.find_first_of(ends));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  void skip_raw(const std::string& name) {
    constexpr std::array<std::string_view, 8> Raw{"title", "style",  "script",  "textarea",
                                                  "xmp",   "iframe", "noembed", "noframes"};
    for (const std::string_view each : Raw) {
      if (each == name) return skip_to_end_of(name);
    }
    if (name == "plaintext") rest_ = {};
  }

  void skip_to_end_of(const std::string& name) {
    while (!rest_.empty()) {
      const std::size_t open = rest_.find("</");
      if (open == Nowhere) break;
      const std::string_view tag = rest_.substr(open + 2);
      const std::size_t end = name.size();
      if (in_small_letters(tag.substr(0, end)) == name && tag.size() > end &&
          (is_space(tag[end]) || tag[end] == '/' || tag[end] == '>')) {
        rest_.remove_prefix(open);
        return;
      }
      rest_.remove_prefix(open + 2);
    }
    rest_ = {};
  }

  std::string_view rest_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> skeleton_of(std::string_view html) { return Reader(html).read(); }

}  // namespace portico::notify::test

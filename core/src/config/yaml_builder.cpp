// SPDX-License-Identifier: Apache-2.0
#include "config/yaml_builder.h"

#include "config/yaml_reader.h"
#include "config/yaml_text.h"

#include <algorithm>
#include <cstring>
#include <memory>

namespace portico::config {

namespace {

constexpr std::string_view NoBreakSpace = "\xC2\xA0";

/// The parser's names for "none written" and, of text in quotes or blocks, "text".
constexpr std::string_view PlainTag = "?";
constexpr std::string_view TextTag = "!";

/// Of what begins at `from` in single quotes, the offset of the closing one, or npos.
std::size_t end_of_single_quoted(std::string_view text, std::size_t from) noexcept {
  for (std::size_t at = text.find('\'', from + 1); at != text.npos; at = text.find('\'', at + 2)) {
    if (at + 1 >= text.size() || text[at + 1] != '\'') return at;
  }
  return text.npos;
}

std::size_t end_of_double_quoted(std::string_view text, std::size_t from) noexcept {
  for (std::size_t at = from + 1; at < text.size(); ++at) {
    if (text[at] == '"') return at;
    if (text[at] == '\\') ++at;
  }
  return text.npos;
}

/// Requires a quote at `from`.
std::size_t end_of_quoted(std::string_view text, std::size_t from) noexcept {
  return text[from] == '"' ? end_of_double_quoted(text, from) : end_of_single_quoted(text, from);
}

/// The parser spells out what `!!` stands for.
std::string as_written(std::string_view tag) {
  constexpr std::string_view Standard = "tag:yaml.org,2002:";
  if (!tag.starts_with(Standard)) return std::string(tag);
  return "!!" + std::string(tag.substr(Standard.size()));
}

std::string place(Mark mark) {
  return "line " + std::to_string(mark.line) + ", column " + std::to_string(mark.column);
}

}  // namespace

YamlBuilder::YamlBuilder(std::string_view text, std::uint32_t file, base::Arena& arena,
                         Problems& problems, YamlStream& stream)
    : text_(text),
      file_(file),
      arena_(arena),
      problems_(problems),
      stream_(stream),
      last_{file, 1, 1} {}

std::optional<OpenBracket> YamlBuilder::open_bracket() const {
  if (levels_.empty() || !levels_.back().in_brackets) return std::nullopt;
  const Level& level = levels_.back();
  return OpenBracket{level.kind == Node::Kind::Map ? '{' : '[', level.mark};
}

std::optional<Mark> YamlBuilder::unclosed_quote() const {
  std::size_t at = text_.find_first_of("\"'", last_position_);
  while (at != text_.npos) {
    const std::size_t end = end_of_quoted(text_, at);
    if (end == text_.npos) return mark_at(text_, at, file_);
    at = text_.find_first_of("\"'", end + 1);
  }
  return std::nullopt;
}

std::string YamlBuilder::path() const {
  std::string path;
  for (std::size_t at = 0; at < levels_.size(); ++at) {
    const Level& level = levels_[at];
    const std::size_t end = at + 1 < levels_.size() ? levels_[at + 1].first : pile_.size();
    const std::size_t count = end - level.first;
    if (level.kind == Node::Kind::List) {
      path = item_path(path, count);
    } else if (count % 2 == 1) {
      path = child_path(path, pile_[end - 1].text());
    }
  }
  return path;
}

Mark YamlBuilder::mark_of(const YAML::Mark& mark) const noexcept {
  return {file_, static_cast<std::uint32_t>(mark.line) + 1,
          static_cast<std::uint32_t>(mark.column) + 1};
}

void YamlBuilder::OnDocumentStart(const YAML::Mark& mark) {
  last_ = mark_of(mark);
  if (++documents_ > 1) throw SecondDocument();
}

void YamlBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  Mark here = begin_value(mark, {}, anchor);
  if (at_missing_colon(here)) {
    problems_.error(
        here, path(), "a value is missing",
        "write `" + std::string(pile_.back().text()) + ": ...`, or put the line in its place");
  }
  // Where nothing is written, the parser marks what comes next.
  if (!levels_.empty() && levels_.back().kind == Node::Kind::Map && !expects_key() &&
      pile_.back().mark().line != here.line) {
    here = pile_.back().mark();
  }
  push(Node::null(here));
}

/// `key` alone on the last line of a file: the parser makes a map entry of it.
bool YamlBuilder::at_missing_colon(Mark mark) const noexcept {
  return !levels_.empty() && levels_.back().kind == Node::Kind::Map && !expects_key() &&
         !levels_.back().in_brackets && pile_.back().is_scalar() && pile_.back().mark() == mark;
}

void YamlBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) {
  const Mark here = begin_value(mark, {}, 0);
  problems_.error(here, path(), "aliases are not supported", "repeat the value, or use include");
  push(Node::null(here));
}

void YamlBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  const Mark here = begin_value(mark, tag, anchor);
  if (tag == TextTag) check_closed(static_cast<std::size_t>(mark.pos), here);
  push(Node::scalar(here, arena_.copy(value), tag == PlainTag ? Quoting::Plain : Quoting::Quoted));
}

void YamlBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                                  YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
  open(Node::Kind::List, begin_value(mark, tag, anchor), style);
}

void YamlBuilder::OnSequenceEnd() {
  const Level level = levels_.back();
  levels_.pop_back();
  const std::size_t count = pile_.size() - level.first;
  Node* items = arena_.array<Node>(count);
  std::uninitialized_copy_n(pile_.data() + level.first, count, items);
  pile_.resize(level.first);
  push(Node::list(level.mark, {items, count}));
  stream_.progress();
}

void YamlBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value style) {
  open(Node::Kind::Map, begin_value(mark, tag, anchor), style);
}

void YamlBuilder::OnMapEnd() {
  const Level level = levels_.back();
  levels_.pop_back();
  std::size_t count = (pile_.size() - level.first) / 2;
  auto* entries = arena_.array<Node::Entry>(count);
  for (std::size_t at = 0; at < count; ++at) {
    const Node* pair = pile_.data() + level.first + 2 * at;
    std::construct_at(entries + at, Node::Entry{pair[0], pair[1]});
  }
  pile_.resize(level.first);
  count = drop_bad_entries(entries, count);
  drop_duplicates({entries, count});
  count = drop_bad_entries(entries, count);
  push(Node::map(level.mark, {entries, count}));
  stream_.progress();
}

Mark YamlBuilder::begin_value(const YAML::Mark& mark, const std::string& tag,
                              YAML::anchor_t anchor) {
  stream_.progress();
  last_ = mark_of(mark);
  last_position_ = std::min(static_cast<std::size_t>(mark.pos), text_.size());
  if (++nodes_ > YamlLimits::MostNodes) throw TooManyNodes();
  if (anchor != 0) {
    problems_.error(last_, path(), "anchors are not supported", "repeat the value, or use include");
  }
  if (!tag.empty() && tag != PlainTag && tag != TextTag) {
    problems_.error(last_, path(), "tags are not supported",
                    "remove `" + as_written(tag) + "`, or quote the value");
  }
  return last_;
}

void YamlBuilder::push(const Node& node) {
  if (expects_key()) check_key(node);
  pile_.push_back(node);
}

void YamlBuilder::open(Node::Kind kind, Mark mark, YAML::EmitterStyle::value style) {
  if (levels_.size() == YamlLimits::MostDepth) throw TooDeep();
  levels_.push_back({kind, style == YAML::EmitterStyle::Flow, mark, pile_.size()});
}

bool YamlBuilder::expects_key() const noexcept {
  return !levels_.empty() && levels_.back().kind == Node::Kind::Map &&
         (pile_.size() - levels_.back().first) % 2 == 0;
}

void YamlBuilder::check_key(const Node& key) {
  if (key.is_null()) {
    problems_.error(key.mark(), path(), "a key is missing", "write one, or quote it");
  } else if (!key.is_scalar()) {
    problems_.error(key.mark(), path(), "a key must be text, not " + std::string(noun(key.kind())),
                    "quote it, if it is meant as text");
  } else if (key.text() == "<<" && !key.quoted()) {
    problems_.error(key.mark(), path(), "merge keys are not supported",
                    "repeat the values, or use include");
  } else if (key.text().starts_with(NoBreakSpace)) {
    problems_.error(key.mark(), path(), "a no-break space in the indentation",
                    "indent with plain blanks");
    problems_.silence(key.mark());
  }
}

/// The parser takes the end of the file for the closing quote.
void YamlBuilder::check_closed(std::size_t position, Mark mark) const {
  if (position >= text_.size()) return;
  const char quote = text_[position];
  if (quote != '"' && quote != '\'') return;
  if (end_of_quoted(text_, position) != text_.npos) return;
  problems_.error(mark, path(), "the quoted text that begins here is never closed",
                  std::string("add the missing ") + quote);
  throw UnclosedQuote();
}

std::size_t YamlBuilder::drop_bad_entries(Node::Entry* entries, std::size_t count) {
  const auto bad = [](const Node::Entry& entry) {
    return !entry.key.is_scalar() || (entry.key.text() == "<<" && !entry.key.quoted());
  };
  return static_cast<std::size_t>(std::remove_if(entries, entries + count, bad) - entries);
}

void YamlBuilder::drop_duplicates(std::span<Node::Entry> entries) {
  constexpr std::size_t Few = 8;
  if (entries.size() <= Few) {
    for (std::size_t at = 1; at < entries.size(); ++at) {
      const auto earlier = entries.first(at);
      const auto first =
          std::ranges::find(earlier, entries[at].key.text(),
                            [](const Node::Entry& entry) { return entry.key.text(); });
      if (first != earlier.end()) drop_duplicate(entries[at].key, first->key);
    }
    return;
  }
  order_.clear();
  for (Node::Entry& entry : entries) order_.push_back(&entry.key);
  // By text, and the same text by place: pointers into one array are in the order of the file.
  std::ranges::sort(order_, [](const Node* left, const Node* right) {
    const int order = left->text().compare(right->text());
    return order != 0 ? order < 0 : left < right;
  });
  const Node* first = order_.front();
  for (Node* key : std::span(order_).subspan(1)) {
    if (key->text() == first->text()) {
      drop_duplicate(*key, *first);
    } else {
      first = key;
    }
  }
}

/// Leaves what is no key.
void YamlBuilder::drop_duplicate(Node& key, const Node& first) {
  problems_.error(key.mark(), child_path(path(), key.text()),
                  "written twice; the first is at " + place(first.mark()), "keep one");
  key = Node::null(key.mark());
}

}  // namespace portico::config

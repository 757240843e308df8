// SPDX-License-Identifier: Apache-2.0
#include "config/yaml_fault.h"

#include "base/text.h"
#include "config/yaml_text.h"

#include <algorithm>
#include <array>

namespace portico::config {

namespace {

struct Sentence {
  std::string_view message;  ///< How the parser's begins.
  std::string_view what;
  std::string_view remedy;
};

constexpr std::string_view CheckIndentation =
    "check the indentation, and quote text that holds `: ` or begins with a special character";

constexpr std::array Sentences{
    Sentence{"illegal map value", "`:` cannot stand here", CheckIndentation},
    Sentence{"illegal map key", "a key cannot stand here", CheckIndentation},
    Sentence{"illegal block entry", "an item of a list (`-`) cannot stand here",
             "put each item on its own line, indented alike"},
    Sentence{"end of map not found", "this does not belong to the map above", CheckIndentation},
    Sentence{"end of sequence not found", "this does not belong to the list above",
             CheckIndentation},
    Sentence{"illegal EOF in scalar", "the quoted text that begins here is never closed",
             "add the missing quote"},
    Sentence{"illegal document indicator in scalar",
             "`---` or `...` at the start of a line ends the file inside quoted text",
             "add the missing quote, or indent the line"},
    Sentence{"unexpected character in block scalar",
             "nothing may follow `|` or `>` but `+`, `-` and a digit",
             "begin the text on the next line, indented"},
    Sentence{"cannot set zero indentation", "the digit after `|` or `>` cannot be 0", {}},
    Sentence{"illegal EOF while looking", "the file ends too early", {}},
    Sentence{"YAML major version too large", "this version of YAML is not known",
             "remove the `%YAML` line"},
    Sentence{"repeated", "a `%` line is repeated", "remove it"},
    Sentence{"bad YAML version", "this version of YAML is not known", "remove the `%YAML` line"},
    Sentence{"YAML directives", "a `%YAML` line has one version", "remove the line"},
    Sentence{"TAG directives", "tags are not supported", "remove the `%TAG` line"},
    Sentence{"tag handle", "`!` begins a tag, and tags are not supported", "quote the value"},
    Sentence{"illegal character found while scanning tag",
             "`!` begins a tag, and tags are not supported", "quote the value"},
    Sentence{"end of verbatim tag", "`!` begins a tag, and tags are not supported",
             "quote the value"},
    Sentence{"cannot assign multiple tags", "`!` begins a tag, and tags are not supported",
             "quote the value"},
    Sentence{"anchor", "`&` begins an anchor, and anchors are not supported", "quote the value"},
    Sentence{"cannot assign multiple anchors", "anchors are not supported",
             "repeat the value, or use include"},
    Sentence{"illegal character found while scanning anchor",
             "`&` begins an anchor, and anchors are not supported", "quote the value"},
};

/// What stands before a value, and what behind one.
constexpr std::string_view Opening = " \t,[{";
constexpr std::string_view Closing = " \t,]}";

/// What of a line is neither in quotes nor in a comment: everything else becomes blanks, so that
/// columns stay.
std::string unquoted(std::string_view line) {
  std::string bare(line);
  char quote = '\0';
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    const bool starts_word = at == 0 || std::string_view(" \t[{,:").find(line[at - 1]) != line.npos;
    if (quote != '\0') {
      bare[at] = ' ';
      if (quote == '"' && c == '\\' && at + 1 < line.size()) bare[++at] = ' ';
      if (c == quote) quote = '\0';
    } else if ((c == '"' || c == '\'') && starts_word) {
      quote = c;
      bare[at] = ' ';
    } else if (c == '#' && starts_word) {
      bare.resize(at);
      break;
    }
  }
  return bare;
}

/// The word at an offset, as the operator meant it: up to a blank or what ends it in brackets.
std::string_view word_at(std::string_view line, std::size_t at) noexcept {
  std::size_t start = at;
  while (start > 0 && Opening.find(line[start - 1]) == line.npos) --start;
  std::size_t end = start;
  while (end < line.size() && Closing.find(line[end]) == line.npos) {
    const char closes = line[end] == '{' ? '}' : ']';
    if (line[end] == '{' || line[end] == '[')
      end = std::min(line.find(closes, end), line.size() - 1);
    ++end;
  }
  return line.substr(start, end - start);
}

std::optional<std::size_t> needs_quotes(std::string_view line) {
  const std::string bare = unquoted(line);
  for (const std::string_view special : {"${", "[::]"}) {
    if (const std::size_t at = bare.find(special); at != bare.npos) return at;
  }
  for (std::size_t at = bare.find('{', 1); at != bare.npos; at = bare.find('{', at + 1)) {
    if (Opening.find(bare[at - 1]) == bare.npos) return at;  // Within a word: /a/{id}.
  }
  for (std::size_t at = bare.find('*'); at != bare.npos; at = bare.find('*', at + 1)) {
    // Only where a value begins is it an alias.
    if (at == 0 || Opening.find(bare[at - 1]) != bare.npos) return at;
  }
  return std::nullopt;
}

std::string quote_it(std::string_view line, std::size_t at) {
  return "quote it: \"" + base::shorten(word_at(line, at), 80) + '"';
}

bool indented_by_tab(std::string_view line) noexcept {
  const std::size_t first = std::min(line.find_first_not_of(" \t"), line.size());
  return line.substr(0, first).find('\t') != line.npos;
}

std::string at_place(Mark mark) {
  return "line " + std::to_string(mark.line) + ", column " + std::to_string(mark.column);
}

YamlFault about_bracket(std::string_view text, Mark mark, const OpenBracket& open) {
  const std::string bracket(1, open.bracket);
  const std::string closing(1, open.bracket == '{' ? '}' : ']');
  const bool at_end = mark_at(text, text.size(), mark.file).line <= mark.line &&
                      line_at(text, mark.line).size() < mark.column;
  if (at_end) return {open.mark, "`" + bracket + "` is never closed", "add `" + closing + "`"};
  return {mark, "`,` or `" + closing + "` expected here",
          "the `" + bracket + "` stands at " + at_place(open.mark)};
}

std::string character_at(std::string_view line, Mark mark) {
  if (mark.column == 0 || mark.column > line.size()) return "this";
  const std::string_view rest = line.substr(mark.column - 1);
  if (rest[0] == '`') return "a backtick";
  return "`" + std::string(rest.substr(0, std::max<std::size_t>(base::utf8_length(rest), 1))) + "`";
}

/// `key:value` without a blank is text for YAML, and the complaint comes a line later.
std::optional<YamlFault> missing_blank(std::string_view text, Mark mark) {
  while (--mark.line > 0) {
    const std::string line = unquoted(line_at(text, mark.line));
    const std::string_view bare = base::trim(line);
    if (bare.empty()) continue;
    const std::size_t colon = bare.find(':');
    if (colon == bare.npos || colon + 1 == bare.size() || bare[colon + 1] == ' ')
      return std::nullopt;
    mark.column = static_cast<std::uint32_t>(line.find(':')) + 1;
    return YamlFault{mark, "a blank is missing behind `:`",
                     "write `" + base::shorten(bare.substr(0, colon), 80) + ": ...`"};
  }
  return std::nullopt;
}

YamlFault translated(std::string_view text, std::string_view line, Mark mark,
                     std::string_view message, const std::optional<OpenBracket>& open) {
  if (open && message.find("flow not found") != message.npos) {
    return about_bracket(text, mark, *open);
  }
  if (message.starts_with("illegal flow end")) {
    if (open) return about_bracket(text, mark, *open);
    return {mark, character_at(line, mark) + " closes nothing",
            "quote the value, or open it first"};
  }
  if (message.starts_with("illegal map value") || message.starts_with("end of map not found")) {
    if (const auto fault = missing_blank(text, mark)) return *fault;
  }
  if (message.starts_with("unknown token")) {
    return {mark, character_at(line, mark) + " cannot begin a value", "quote the value"};
  }
  if (message.starts_with("unknown escape character") || message.starts_with("invalid unicode") ||
      message.find("bad character found while scanning hex") != message.npos) {
    return {mark, "text in double quotes holds an unknown escape",
            "write `\\\\` for a backslash, or use single quotes"};
  }
  for (const Sentence& sentence : Sentences) {
    if (!message.starts_with(sentence.message)) continue;
    return {mark, std::string(sentence.what), std::string(sentence.remedy)};
  }
  return {mark, "this is not YAML (" + std::string(message) + ")", std::string(CheckIndentation)};
}

}  // namespace

YamlFault explain_yaml(std::string_view text, Mark mark, std::string_view message,
                       const std::optional<OpenBracket>& open) {
  const std::string_view line = line_at(text, mark.line);
  const bool alias =
      message.find("alias") != message.npos || message.starts_with("the referenced anchor");
  const std::optional<std::size_t> special = needs_quotes(line);
  if (alias) {
    return {mark, "`*` begins an alias, and aliases are not supported",
            special ? quote_it(line, *special) + ", or repeat the value, or use include"
                    : "repeat the value, or use include"};
  }
  if (message.starts_with("illegal tab") || indented_by_tab(line)) {
    return {{mark.file, mark.line, 1}, "a tab in the indentation", "indent with blanks"};
  }
  YamlFault fault = translated(text, line, mark, message, open);
  if (special) {
    fault.mark = {mark.file, mark.line, static_cast<std::uint32_t>(*special) + 1};
    fault.remedy = quote_it(line, *special);
  }
  return fault;
}

}  // namespace portico::config

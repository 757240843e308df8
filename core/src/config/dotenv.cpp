// SPDX-License-Identifier: Apache-2.0
// The `.env` file beside a development configuration.
#include "base/result.h"
#include "base/text.h"
#include "config/environment.h"
#include "config/yaml_text.h"

#include <algorithm>

namespace portico::config {

namespace {

struct Assignment {
  std::string key;
  std::string value;
};

bool is_name(std::string_view key) noexcept {
  return !key.empty() && !base::is_digit(key[0]) && std::ranges::all_of(key, [](char c) {
    return base::is_letter(c) || base::is_digit(c) || c == '_';
  });
}

bool only_comment(std::string_view rest) noexcept {
  rest = base::trim(rest);
  return rest.empty() || rest.starts_with('#');
}

/// What stands in double quotes, up to the closing one; the faults are sentences.
Result<std::string> double_quoted(std::string_view text) {
  std::string value;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '"') {
      if (!only_comment(text.substr(at + 1))) return Error("something follows the closing quote");
      return value;
    }
    if (text[at] != '\\' || at + 1 == text.size()) {
      value += text[at];
      continue;
    }
    switch (text[++at]) {
      case 'n': value += '\n'; break;
      case 't': value += '\t'; break;
      case '"':
      case '\\':
      case '$': value += text[at]; break;
      default: return Error("in double quotes, `\\` goes before n, t, \", \\ and $ only");
    }
  }
  return Error("the quote is not closed on this line");
}

Result<std::string> value_of(std::string_view text) {
  if (text.starts_with('"')) return double_quoted(text);
  if (text.starts_with('\'')) {
    const std::size_t end = text.find('\'', 1);
    if (end == std::string_view::npos) return Error("the quote is not closed on this line");
    if (!only_comment(text.substr(end + 1))) return Error("something follows the closing quote");
    return std::string(text.substr(1, end - 1));
  }
  const std::size_t comment = std::min(text.find(" #"), text.find("\t#"));
  return std::string(base::trim(text.starts_with('#') ? "" : text.substr(0, comment)));
}

Result<Assignment> parse_line(std::string_view line) {
  constexpr std::string_view Export = "export";
  if (line.starts_with(Export) && line.find_first_of(" \t") == Export.size()) {
    line = base::trim(line.substr(Export.size()));
  }
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) return Error("this is not KEY=VALUE");
  const std::string_view key = base::trim(line.substr(0, equals));
  if (!is_name(key)) return Error("a key has letters, digits and _, and no digit first");
  auto value = value_of(base::trim(line.substr(equals + 1)));
  if (!value) return Error(value.error());
  return Assignment{std::string(key), *std::move(value)};
}

}  // namespace

Environment::Variables parse_dotenv(std::string_view text, std::uint32_t file, Problems& problems) {
  Environment::Variables variables;
  text = without_bom(text);
  if (!check_text(text, file, problems)) return variables;
  Mark mark{file, 0, 1};
  for (const std::string_view raw : base::split(text, '\n')) {
    ++mark.line;
    const std::string_view line = base::trim(raw);
    if (only_comment(line)) continue;
    auto assignment = parse_line(line);
    if (!assignment) {
      problems.error(mark, {}, assignment.error(), "write KEY=VALUE, one a line");
      continue;
    }
    variables.insert_or_assign(std::move(assignment->key), std::move(assignment->value));
  }
  return variables;
}

}  // namespace portico::config

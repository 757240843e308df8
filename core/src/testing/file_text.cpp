// SPDX-License-Identifier: Apache-2.0
#include "testing/file_text.h"

#include "base/text.h"

namespace portico::testing {
namespace {

/// `text` with each line behind `blanks`.
void indent(std::string& out, std::string_view text, std::string_view blanks) {
  for (const std::string_view line : base::split(text, '\n')) {
    out.append(blanks).append(line).append("\n");
  }
}

void item(std::string& out, std::string_view text) {
  std::string lines;
  indent(lines, text, "    ");
  lines[2] = '-';
  out += lines;
}

}  // namespace

void FileText::plugin(std::string_view name, std::string_view settings) {
  plugins_.append("  ").append(name).append(":\n");
  indent(plugins_, settings, "    ");
}

void FileText::redis(std::string_view name) {
  redis_.append("  ").append(name).append(": {url: \"redis://127.0.0.1\"}\n");
}

void FileText::database(std::string_view name, std::string_view url) {
  databases_.append("  ").append(name).append(": {url: \"").append(url).append("\"}\n");
}

void FileText::use(std::string_view entry) { item(use_, entry); }

void FileText::route(std::string_view entry) { item(routes_, entry); }

std::string FileText::text() const {
  // What only a developer may use can be tested too.
  std::string text = "environment: development\n";
  if (!redis_.empty()) text += "redis:\n" + redis_;
  if (!databases_.empty()) text += "databases:\n" + databases_;
  text += "plugins:\n" + plugins_;
  if (!use_.empty()) text += "use:\n" + use_;
  text += "routes:\n" + routes_;
  text += "  - {match: {path: \"/**\"}, test_upstream: {}}\n";
  return text;
}

}  // namespace portico::testing

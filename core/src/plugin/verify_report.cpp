// SPDX-License-Identifier: Apache-2.0
// What `portico plugin verify` prints, for people and for programs.
#include "base/json_writer.h"
#include "base/text.h"
#include "plugin/verify.h"

#include <algorithm>

namespace portico::plugin {
namespace {

std::string_view word(Check::Verdict verdict) {
  switch (verdict) {
    case Check::Verdict::Fine: return "ok";
    case Check::Verdict::Warning: return "warning";
    case Check::Verdict::Refused: return "refused";
  }
  return "refused";
}

std::string padded(std::string_view text, std::size_t width) {
  std::string result(text);
  result.resize(std::max(width, text.size()), ' ');
  return result;
}

void write_list(base::JsonWriter& json, std::string_view key,
                const std::vector<std::string>& texts) {
  json.key(key).begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
}

void write_stamp(base::JsonWriter& json, const PluginStamp& stamp) {
  json.member("name", stamp.name());
  json.member("version", stamp.version());
  json.member("summary", stamp.summary());
  json.member("sdk", stamp.sdk());
  json.member("compiler", stamp.compiler());
}

}  // namespace

bool VerifyReport::accepted() const noexcept {
  return std::none_of(checks.begin(), checks.end(),
                      [](const Check& check) { return check.verdict == Check::Verdict::Refused; });
}

std::string VerifyReport::text() const {
  std::string text = base::escape_control(file) + "\n";
  for (const Check& check : checks) {
    text += "  " + padded(word(check.verdict), 9) + padded(check.name, 17) +
            base::escape_control(check.finding);
    if (!check.remedy.empty()) text += "; " + base::escape_control(check.remedy);
    text += "\n";
  }
  return text + (accepted() ? "This Portico loads it.\n" : "This Portico does not load it.\n");
}

std::string VerifyReport::json() const {
  std::string text;
  base::JsonWriter json(text, base::JsonWriter::Layout::Indented);
  json.begin_object();
  json.member("file", file);
  json.member("accepted", accepted());
  if (stamp) write_stamp(json, *stamp);
  json.member("sha256", hash);
  write_list(json, "libraries", libraries);
  write_list(json, "versions", versions_needed);
  json.key("checks").begin_array();
  for (const Check& check : checks) {
    json.begin_object();
    json.member("name", check.name);
    json.member("verdict", word(check.verdict));
    json.member("finding", check.finding);
    json.member("remedy", check.remedy);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return text;
}

}  // namespace portico::plugin

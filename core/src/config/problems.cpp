// SPDX-License-Identifier: Apache-2.0
#include "config/problems.h"

#include "base/json_writer.h"
#include "base/text.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace portico::config {

namespace {

/// Longest text of one part of a line: a value of a megabyte must not fill a terminal.
constexpr std::size_t PartLimit = 400;

constexpr std::string_view Bold = "\x1b[1m";
constexpr std::string_view Red = "\x1b[31;1m";
constexpr std::string_view Yellow = "\x1b[33;1m";
constexpr std::string_view Normal = "\x1b[0m";

std::string printable(std::string_view part) {
  return base::escape_control(base::shorten(part, PartLimit));
}

std::string place_of(const Problem& problem) {
  std::string place = printable(problem.file);
  if (problem.mark.line != 0) {
    if (!place.empty()) place += ':';
    place += std::to_string(problem.mark.line);
    if (problem.mark.column != 0) place += ':' + std::to_string(problem.mark.column);
  }
  return place;
}

std::string coloured_line(const Problem& problem, Problems::Colour colour) {
  const bool warning = problem.severity == Severity::Warning;
  const auto painted = [colour](std::string_view paint, std::string text) {
    if (colour == Problems::Colour::None || text.empty()) return text;
    return std::string(paint).append(text).append(Normal);
  };
  std::string line = painted(Bold, place_of(problem));
  if (!line.empty()) line += ": ";
  if (warning) line += painted(Yellow, "warning: ");
  if (!problem.path.empty()) line += printable(problem.path) + ": ";
  line += painted(warning ? Yellow : Red, printable(problem.what));
  if (!problem.remedy.empty()) line += "; " + printable(problem.remedy);
  return line;
}

std::string counted(std::size_t count, std::string_view noun) {
  std::string text = std::to_string(count).append(" ").append(noun);
  if (count != 1) text += 's';
  return text;
}

bool plain_key(std::string_view key) noexcept {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return base::is_letter(c) || base::is_digit(c) || c == '_' || c == '-';
  });
}

}  // namespace

std::uint32_t Problems::name_file(std::string_view name) {
  auto found = std::find(files_.begin(), files_.end(), name);
  if (found == files_.end()) found = files_.emplace(files_.end(), name);
  return static_cast<std::uint32_t>(found - files_.begin()) + 1;
}

void Problems::name_files(std::span<const std::string> names) {
  files_.assign(names.begin(), names.end());
}

std::string_view Problems::file_name(std::uint32_t file) const noexcept {
  if (file == 0 || file > files_.size()) return {};
  return files_[file - 1];
}

bool Problems::told(Mark mark) const noexcept {
  return std::any_of(problems_.begin(), problems_.end(), [mark](const Problem& problem) {
    return problem.severity == Severity::Error && problem.mark == mark;
  });
}

void Problems::silence(Mark mark) {
  if (silenced_.size() < Kept) silenced_.push_back(mark);
}

void Problems::add(Problem problem) {
  if (std::find(silenced_.begin(), silenced_.end(), problem.mark) != silenced_.end()) return;
  const bool error = problem.severity == Severity::Error;
  const std::size_t kept = error ? kept_errors_ : problems_.size() - kept_errors_;
  ++(error ? errors_ : warnings_);
  if (kept >= Kept) return;
  if (problem.file.empty()) problem.file = file_name(problem.mark.file);
  if (error) ++kept_errors_;
  problems_.push_back(std::move(problem));
}

void Problems::error(Mark mark, std::string_view path, std::string_view what,
                     std::string_view remedy) {
  add({Severity::Error, {}, mark, std::string(path), std::string(what), std::string(remedy)});
}

void Problems::warning(Mark mark, std::string_view path, std::string_view what,
                       std::string_view remedy) {
  add({Severity::Warning, {}, mark, std::string(path), std::string(what), std::string(remedy)});
}

std::uint32_t Problems::rank(const Problem& problem) const noexcept {
  const auto found = std::find(files_.begin(), files_.end(), problem.file);
  if (found == files_.end()) return std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(found - files_.begin());
}

std::vector<Problem> Problems::sorted() const {
  using Key = std::tuple<bool, std::uint32_t, std::string_view, std::uint32_t, std::uint32_t>;
  std::vector<std::pair<Key, const Problem*>> order;
  order.reserve(problems_.size());
  for (const Problem& problem : problems_) {
    order.emplace_back(Key(problem.severity == Severity::Error, rank(problem), problem.file,
                           problem.mark.line, problem.mark.column),
                       &problem);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Problem> problems;
  problems.reserve(order.size());
  for (const auto& [key, problem] : order) problems.push_back(*problem);
  return problems;
}

std::string Problems::text(Colour colour, std::string_view consequence) const {
  if (size() == 0) return {};
  std::string out;
  std::size_t shown_warnings = 0;
  std::size_t shown_errors = 0;
  for (const Problem& problem : sorted()) {
    std::size_t& shown = problem.severity == Severity::Error ? shown_errors : shown_warnings;
    if (shown == Shown) continue;
    ++shown;
    out += coloured_line(problem, colour) + '\n';
  }
  const auto rest = [&out](std::size_t count, std::string_view noun) {
    if (count != 0) out += "... and " + counted(count, noun) + " more\n";
  };
  rest(warnings_ - shown_warnings, "warning");
  rest(errors_ - shown_errors, "problem");
  if (errors_ == 0) return out + counted(warnings_, "warning") + ".\n";
  out += counted(errors_, "problem");
  if (warnings_ != 0) out += " and " + counted(warnings_, "warning");
  return out.append(", ").append(consequence).append(".\n");
}

std::string line_of(const Problem& problem) {
  return coloured_line(problem, Problems::Colour::None);
}

std::string Problems::json() const {
  std::string out;
  base::JsonWriter writer(out);
  writer.begin_object().member("errors", errors_).member("warnings", warnings_);
  writer.key("problems").begin_array();
  for (const Problem& problem : sorted()) {
    const bool error = problem.severity == Severity::Error;
    writer.begin_object().member("severity", error ? "error" : "warning");
    writer.member("file", problem.file);
    writer.member("line", problem.mark.line).member("column", problem.mark.column);
    writer.member("path", problem.path).member("what", problem.what);
    writer.member("remedy", problem.remedy).end_object();
  }
  writer.end_array().end_object();
  return out;
}

std::string child_path(std::string_view parent, std::string_view key) {
  std::string path(parent);
  if (!plain_key(key)) return path.append("[\"").append(key).append("\"]");
  if (!path.empty()) path += '.';
  return path.append(key);
}

std::string item_path(std::string_view parent, std::size_t index) {
  return std::string(parent).append("[").append(std::to_string(index)).append("]");
}

}  // namespace portico::config

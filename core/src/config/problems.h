// SPDX-License-Identifier: Apache-2.0
// What is wrong with a configuration, collected so that all of it is told at once. Errors stop a
// start, warnings do not. Whoever finds a problem adds it and goes on as far as that makes sense;
// whoever asked for the work looks at `any_error`. Bounded: however bad the file, no more than
// `Kept` are stored and `Shown` are printed, the rest is counted. Not thread-safe.
#pragma once

#include "config/node.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portico::config {

enum class Severity : std::uint8_t { Error, Warning };

struct Problem {
  Severity severity = Severity::Error;
  std::string file;    ///< Empty: the one of `mark`, or none.
  Mark mark;           ///< Line 0: of the file as a whole.
  std::string path;    ///< Where in the settings: `routes[3].match.path`; may be empty.
  std::string what;    ///< What is wrong, no full stop: `unknown key`.
  std::string remedy;  ///< What to do: `did you mean "burst"?`; may be empty.
  /// One word of the kind of fault, a constant: what a program that sent a body goes by.
  std::string_view code = "invalid";
};

class Problems {
 public:
  static constexpr std::size_t Kept = 1000;
  static constexpr std::size_t Shown = 100;
  enum class Colour : std::uint8_t { None, Terminal };

  /// Gives a file its number for `Mark::file`. The same name gets the same number.
  std::uint32_t name_file(std::string_view name);
  /// The files of a document that was read with another Problems: same numbers as there.
  void name_files(std::span<const std::string> names);
  [[nodiscard]] std::string_view file_name(std::uint32_t file) const noexcept;
  [[nodiscard]] const std::vector<std::string>& files() const noexcept { return files_; }

  void add(Problem problem);
  void error(Mark mark, std::string_view path, std::string_view what, std::string_view remedy = {});
  /// Whether an error at exactly this place was added.
  [[nodiscard]] bool told(Mark mark) const noexcept;
  /// Later problems at exactly this place are dropped: the value there is known to be unusable.
  void silence(Mark mark);
  void warning(Mark mark, std::string_view path, std::string_view what,
               std::string_view remedy = {});

  [[nodiscard]] bool any_error() const noexcept { return errors_ != 0; }
  [[nodiscard]] std::size_t errors() const noexcept { return errors_; }
  [[nodiscard]] std::size_t warnings() const noexcept { return warnings_; }
  /// Errors and warnings, also those that were only counted.
  [[nodiscard]] std::size_t size() const noexcept { return errors_ + warnings_; }
  /// Those that are kept: warnings, then errors, each by file (in the order of reading), line,
  /// column.
  [[nodiscard]] std::vector<Problem> sorted() const;

  /// One problem per line, `file:line:col: path: what; remedy`, warnings first, and a closing line
  /// ("2 problems, nothing started."). Control characters are escaped. Empty when there is none.
  [[nodiscard]] std::string text(Colour colour = Colour::None,
                                 std::string_view consequence = "nothing started") const;
  /// {"errors": 2, "warnings": 0, "problems": [{"severity", "file", "line", "column", "path",
  /// "what", "remedy"}]}, in the same order.
  [[nodiscard]] std::string json() const;

 private:
  [[nodiscard]] std::uint32_t rank(const Problem& problem) const noexcept;

  std::vector<std::string> files_;  // The file of number n is files_[n - 1].
  std::vector<Problem> problems_;
  std::vector<Mark> silenced_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
  std::size_t kept_errors_ = 0;
};

/// `file:line:col: path: what; remedy`, escaped: for a log.
[[nodiscard]] std::string line_of(const Problem& problem);

/// `parent.key`, with the key quoted where it is not a plain word; `key` when there is no parent.
[[nodiscard]] std::string child_path(std::string_view parent, std::string_view key);
/// `parent[index]`.
[[nodiscard]] std::string item_path(std::string_view parent, std::size_t index);

}  // namespace portico::config

// SPDX-License-Identifier: Apache-2.0
// Binds text in a test: from YAML or JSON to a struct, and the problems as the lines that are
// printed.
#pragma once

#include "base/arena.h"
#include "config/binder.h"
#include "config/document.h"
#include "config/json_text.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::config {

/// `line:column path: what; remedy` for each problem; warnings begin with "warning ".
inline std::vector<std::string> lines_of(const Problems& problems) {
  std::vector<std::string> lines;
  for (const Problem& problem : problems.sorted()) {
    std::string line = problem.severity == Severity::Warning ? "warning " : "";
    if (problem.mark.line != 0) {
      line += std::to_string(problem.mark.line) + ':' + std::to_string(problem.mark.column) + ' ';
    }
    line += problem.path + ": " + problem.what;
    if (!problem.remedy.empty()) line += "; " + problem.remedy;
    lines.push_back(std::move(line));
  }
  return lines;
}

template <Described T>
struct Bound {
  T value{};
  bool good = false;
  std::vector<std::string> lines;
  std::vector<NeededFact> needs;
  std::shared_ptr<const Document> document;  ///< Keeps what Raw fields point to.
};

/// What else a test may want of the context.
struct BindOptions {
  Environment::Variables variables;
  const Names* path_params = nullptr;
  const void* parent = nullptr;
  const detail::ObjectSchema* parent_schema = nullptr;
};

template <Described T>
Bound<T> bind_yaml(std::string_view text, const BindOptions& options = {},
                   std::string_view path = "x") {
  Bound<T> bound;
  Problems problems;
  bound.document = Document::parse(text, "test.yaml", Environment(options.variables), problems);
  BindContext context{.problems = problems,
                      .path_params = options.path_params,
                      .parent = options.parent,
                      .parent_schema = options.parent_schema};
  if (bound.document) bound.good = bind(bound.document->root(), bound.value, path, context);
  bound.needs = std::move(context.needs);
  bound.lines = lines_of(problems);
  return bound;
}

template <Described T>
Bound<T> bind_json_text(std::string_view text) {
  Bound<T> bound;
  Problems problems;
  base::Arena arena;
  const JsonText json = read_json(text, arena);
  BindContext context{.problems = problems, .notation = Notation::Json};
  if (json.valid()) {
    bound.good = bind(json.root, bound.value, "", context);
  } else {
    problems.error({}, "", json.fault->sentence);
  }
  bound.lines = lines_of(problems);
  return bound;
}

}  // namespace portico::config

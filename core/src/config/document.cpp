// SPDX-License-Identifier: Apache-2.0
#include "config/document.h"

#include "base/sha256.h"
#include "config/inclusion.h"
#include "config/interpolation.h"

#include <span>

namespace portico::config {

namespace {

constexpr std::size_t MostDotenvBytes = std::size_t{1} << 20U;

/// Whether the main file alone, with the process' own variables, is for development.
bool for_development(const Node& root, const Environment& environment, base::Arena& arena) {
  const Node* found = root.find("environment");
  if (found == nullptr) return false;
  Node value = *found;
  Problems unheard;  // The same fault is told when the whole tree is filled in.
  interpolate(value, environment, arena, unheard);
  return value.text() == "development";
}

Environment with_dotenv(const Inclusion& inclusion, const Environment& environment,
                        Problems& problems) {
  const std::string path = inclusion.beside(".env");
  const BoundedFile file = read_bounded(path, MostDotenvBytes);
  if (file.outcome == BoundedFile::Outcome::Absent) return environment;
  const std::uint32_t number = problems.name_file(path);
  if (file.outcome != BoundedFile::Outcome::Read) {
    problems.error({number, 0, 0}, {}, file.reason("1 MiB"));
    return environment;
  }
  return environment.overlaid(parse_dotenv(file.text, number, problems));
}

}  // namespace

std::unique_ptr<Document> Document::load(const std::string& path, const Environment& environment,
                                         Problems& problems) {
  std::unique_ptr<Document> document(new Document);
  Inclusion inclusion(path, document->arena_, problems);
  const std::optional<Node> root = inclusion.read_main();
  if (!root) return nullptr;
  document->root_ = *root;
  return finish(std::move(document), inclusion, environment, problems);
}

std::unique_ptr<Document> Document::parse(std::string_view text, const std::string& name,
                                          const Environment& environment, Problems& problems) {
  std::unique_ptr<Document> document(new Document);
  Inclusion inclusion(name, document->arena_, problems);
  const std::optional<Node> root = inclusion.parse_main(text);
  if (!root) return nullptr;
  document->root_ = *root;
  return finish(std::move(document), inclusion, environment, problems);
}

std::unique_ptr<Document> Document::finish(std::unique_ptr<Document> document, Inclusion& inclusion,
                                           const Environment& environment, Problems& problems) {
  base::Arena& arena = document->arena_;
  std::vector<Node> roots = {document->root_};
  const bool development = for_development(roots[0], environment, arena);
  const Environment known =
      development ? with_dotenv(inclusion, environment, problems) : environment;
  if (const Node* include = roots[0].find("include"); include != nullptr && !include->is_null()) {
    // Copies: what was filled in once must not be looked at again with the rest.
    std::vector<Node> patterns(include->items().begin(), include->items().end());
    if (!include->is_list()) patterns.push_back(*include);
    for (Node& pattern : patterns) interpolate(pattern, known, arena, problems, "include");
    std::optional<std::vector<Node>> included = inclusion.read_included(patterns);
    if (!included) return nullptr;
    roots.insert(roots.end(), included->begin(), included->end());
  }
  document->root_ = merge(roots, arena, problems);
  interpolate(document->root_, known, arena, problems);
  document->files_ = problems.files();
  document->hash_ = base::sha256(std::as_bytes(std::span(inclusion.texts())));
  return document;
}

}  // namespace portico::config

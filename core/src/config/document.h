// SPDX-License-Identifier: Apache-2.0
// A configuration file as one tree: includes merged, `${...}` filled in, nothing interpreted yet.
#pragma once

#include "base/arena.h"
#include "config/environment.h"
#include "config/node.h"
#include "config/problems.h"

#include <memory>
#include <string>
#include <vector>

namespace portico::config {

class Inclusion;

class Document {
 public:
  static constexpr std::size_t ArenaChunk = std::size_t{256} << 10U;

  /// Reads the file and what it includes. Every problem is added; null when a file could not be
  /// read to its end, so that nothing can be said about the rest. In a file that says `environment:
  /// development`, the `.env` beside it adds variables.
  static std::unique_ptr<Document> load(const std::string& path, const Environment& environment,
                                        Problems& problems);
  /// The same from text in memory, for tests and fuzzers: `name` is what problems call it, includes
  /// and `.env` are looked for beside it.
  static std::unique_ptr<Document> parse(std::string_view text, const std::string& name,
                                         const Environment& environment, Problems& problems);

  /// Where nodes and texts of the tree live; more may be made for it.
  [[nodiscard]] base::Arena& arena() noexcept { return arena_; }
  [[nodiscard]] const Node& root() const noexcept { return root_; }
  /// Every file that was read, in order of reading: the file of `Mark::file` n is the (n - 1)th.
  [[nodiscard]] const std::vector<std::string>& files() const noexcept { return files_; }
  /// SHA-256 of these files' texts, one after the other: what `cat FILE... | sha256sum` prints.
  [[nodiscard]] const std::string& hash() const noexcept { return hash_; }

  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

 private:
  Document() = default;
  static std::unique_ptr<Document> finish(std::unique_ptr<Document> document, Inclusion& inclusion,
                                          const Environment& environment, Problems& problems);

  base::Arena arena_{ArenaChunk};
  std::vector<std::string> files_;
  std::string hash_;
  Node root_;
};

}  // namespace portico::config

// SPDX-License-Identifier: Apache-2.0
// The files that one configuration is made of: the main one, and what its `include` names. Reads
// them all within bounds, and merges them: maps by key, `listen` and `routes` one after the other,
// and whatever else is said twice is an error that names both places.
#pragma once

#include "base/arena.h"
#include "config/bounded_file.h"
#include "config/node.h"
#include "config/problems.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portico::config {

struct InclusionLimits {
  static constexpr std::size_t MostBytes = std::size_t{16} << 20U;
  static constexpr std::size_t MostFiles = 1000;
  /// Looked at in one folder, whether they match or not.
  static constexpr std::size_t MostNames = 100'000;
};

class Inclusion {
 public:
  /// `main` is the path of the file that includes; others are relative to its folder.
  Inclusion(std::string main, base::Arena& arena, Problems& problems);

  /// Reads a file of the folder into a tree: nothing when that was not possible.
  std::optional<Node> read_main();
  /// The same for text in memory.
  std::optional<Node> parse_main(std::string_view text);
  /// The files that the items of `include` name, read; nothing when one of them could not be.
  std::optional<std::vector<Node>> read_included(std::span<const Node> patterns);

  [[nodiscard]] std::string beside(std::string_view path) const;
  /// The texts of all files that were read, one after the other.
  [[nodiscard]] const std::string& texts() const noexcept { return texts_; }

 private:
  bool expand(const Node& pattern, const std::string& path);
  bool add_matching(const Node& pattern, const std::string& folder, const std::string& name);
  bool add(const Node& pattern, std::string path);
  std::optional<Node> read(const Node& pattern, const std::string& path);
  std::optional<Node> parse(std::string_view text, const std::string& path);
  [[nodiscard]] bool known(const BoundedFile& file);
  bool fail(const Node& pattern, const std::string& what, const std::string& remedy);

  std::string main_;
  base::Arena& arena_;
  Problems& problems_;
  std::vector<std::string> paths_;  // Of the pattern at hand.
  std::vector<Node> roots_;
  std::vector<std::pair<dev_t, ino_t>> seen_;
  std::string texts_;
};

/// One tree from several, the first of which is the main one.
[[nodiscard]] Node merge(const std::vector<Node>& roots, base::Arena& arena, Problems& problems);

}  // namespace portico::config

// SPDX-License-Identifier: Apache-2.0
// Merging of included files. All parts of a key are merged in one go: file by file, a list that a
// thousand files add to would be copied a thousand times.
#include "config/inclusion.h"

#include <algorithm>
#include <memory>
#include <unordered_map>

namespace portico::config {

namespace {

enum class Lists : std::uint8_t { Exclude, Append };

class Merger {
 public:
  Merger(base::Arena& arena, Problems& problems) : arena_(arena), problems_(problems) {}

  /// Requires maps; nulls are passed over.
  Node maps(const std::vector<Node>& parts, const std::string& path) {
    struct Key {
      Node key;
      std::vector<Node> values;
    };
    std::vector<Key> keys;
    std::unordered_map<std::string_view, std::size_t> places;
    for (const Node& part : parts) {
      for (const Node::Entry& entry : part.entries()) {
        const auto [place, added] = places.try_emplace(entry.key.text(), keys.size());
        if (added) keys.push_back({entry.key, {}});
        keys[place->second].values.push_back(entry.value);
      }
    }
    auto* entries = arena_.array<Node::Entry>(keys.size());
    for (std::size_t at = 0; at < keys.size(); ++at) {
      const Lists rule = path.empty() ? rule_of(keys[at].key.text()) : Lists::Exclude;
      const std::string below = child_path(path, keys[at].key.text());
      std::construct_at(entries + at,
                        Node::Entry{keys[at].key, values(keys[at].values, below, rule)});
    }
    return Node::map(parts.front().mark(), {entries, keys.size()});
  }

 private:
  static Lists rule_of(std::string_view key) noexcept {
    return key == "listen" || key == "routes" ? Lists::Append : Lists::Exclude;
  }

  Node values(std::vector<Node>& parts, const std::string& path, Lists rule) {
    if (parts.size() == 1) return parts.front();
    const Node first = parts.front();
    std::erase_if(parts, [](const Node& part) { return part.is_null(); });
    if (parts.empty()) return first;
    if (parts.size() == 1) return parts.front();
    if (std::ranges::all_of(parts, &Node::is_map)) return maps(parts, path);
    if (rule == Lists::Append && std::ranges::all_of(parts, &Node::is_list)) return joined(parts);
    for (std::size_t at = 1; at < parts.size(); ++at) refuse(parts[at], parts[0], path);
    return parts.front();
  }

  Node joined(const std::vector<Node>& parts) {
    std::size_t count = 0;
    for (const Node& part : parts) count += part.items().size();
    Node* items = arena_.array<Node>(count);
    Node* end = items;
    for (const Node& part : parts) {
      end = std::uninitialized_copy(part.items().begin(), part.items().end(), end);
    }
    return Node::list(parts.front().mark(), {items, count});
  }

  void refuse(const Node& again, const Node& first, const std::string& path) {
    const Mark mark = first.mark();
    std::string where(problems_.file_name(mark.file));
    where += ':' + std::to_string(mark.line) + ':' + std::to_string(mark.column);
    problems_.error(again.mark(), path, "set in two files; the first is " + where, "keep one");
  }

  base::Arena& arena_;
  Problems& problems_;
};

}  // namespace

Node merge(const std::vector<Node>& roots, base::Arena& arena, Problems& problems) {
  if (roots.size() == 1) return roots.front();
  return Merger(arena, problems).maps(roots, {});
}

}  // namespace portico::config

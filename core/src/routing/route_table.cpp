// SPDX-License-Identifier: Apache-2.0
#include "routing/route_table.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace portico::routing {

/// Sorts the entries into the tree. `seal` alone uses it.
class RouteTable::Builder {
 public:
  explicit Builder(RouteTable& table) : table_(table) {}

  void run() {
    sort();
    // First every leaf's entries, for those of one pattern need not stand together in the order.
    for (const Entry& entry : table_.entries_) {
      std::uint32_t tree = table_.hosts_.find(entry.matcher.host);
      if (tree == HostIndex::None) {
        tree = table_.tree_.add_root();
        table_.hosts_.add(entry.matcher.host, tree);
      }
      const auto fresh = static_cast<std::uint32_t>(leaves_.size());
      const std::uint32_t leaf = table_.tree_.add(tree, entry.matcher.path, fresh);
      if (leaf == fresh) leaves_.emplace_back();
      leaves_[leaf].push_back(&entry);
    }
    std::vector<std::uint32_t> numbers;
    for (const auto& leaf : leaves_) {
      numbers.push_back(static_cast<std::uint32_t>(table_.choices_.size()));
      for (const Entry* entry : leaf) add_choice(*entry);
      table_.choices_.back().last = true;
    }
    table_.tree_.renumber(numbers);
  }

 private:
  void sort() {
    std::ranges::stable_sort(table_.entries_, [](const Entry& left, const Entry& right) {
      const auto patterns = left.matcher.order(right.matcher);
      if (patterns != 0) return patterns < 0;
      if (left.matcher.weight() != right.matcher.weight()) {
        return left.matcher.weight() > right.matcher.weight();
      }
      return left.route < right.route;
    });
  }

  void add_choice(const Entry& entry) {
    const Matcher& matcher = entry.matcher;
    MethodBits::Bits methods = 0;
    for (const std::string& name : matcher.methods) {
      methods |= table_.methods_.add(name);
      if (name == "GET") methods |= table_.methods_.add("HEAD");
    }
    const std::vector<PathPattern::Name> names = matcher.path.names();
    table_.choices_.push_back({.methods = methods,
                               .matcher = &matcher,
                               .route = entry.route,
                               .first_name = static_cast<std::uint32_t>(table_.names_.size()),
                               .names = static_cast<std::uint32_t>(names.size()),
                               .any_method = matcher.methods.empty(),
                               .conditional = !matcher.headers.empty() || !matcher.query.empty(),
                               .last = false});
    table_.names_.insert(table_.names_.end(), names.begin(), names.end());
  }

  RouteTable& table_;
  std::vector<std::vector<const Entry*>> leaves_;
};

void RouteTable::add(Matcher matcher, std::uint32_t route) {
  entries_.push_back({std::move(matcher), route});
}

void RouteTable::seal() { Builder(*this).run(); }

Decision RouteTable::find(const RequestView& request, base::Arena& arena) const {
  Decision decision;
  const MethodBits::Bits method = methods_.of(request.method);
  hosts_.search(request.host, [&](std::uint32_t root) {
    return tree_.search(root, request.path, [&](std::uint32_t first) {
      return choose(first, request, method, arena, decision);
    });
  });
  return decision;
}

bool RouteTable::choose(std::uint32_t first, const RequestView& request, MethodBits::Bits method,
                        base::Arena& arena, Decision& decision) const {
  bool refused = false;
  for (const Choice* choice = &choices_[first];; ++choice) {
    if (!choice->conditional || choice->matcher->condition_miss(request) == Miss::None) {
      if (takes(*choice, method, request.method)) {
        const std::span names(names_.data() + choice->first_name, choice->names);
        decision.kind = Decision::Kind::Found;
        decision.route = choice->route;
        decision.matcher = choice->matcher;
        decision.params = bind_names(names, request.path, arena);
        return true;
      }
      refused = true;
    }
    if (choice->last) break;
  }
  if (!refused) return false;
  decision.kind = Decision::Kind::MethodNotAllowed;
  decision.allow = allowed(first, request, arena);
  return true;
}

std::string_view RouteTable::allowed(std::uint32_t first, const RequestView& request,
                                     base::Arena& arena) const {
  std::size_t count = 1;
  std::size_t most = 1;  // With HEAD, which GET stands for.
  for (const Choice* choice = &choices_[first]; !choice->last; ++choice) ++count;
  const std::span leaf = std::span(choices_).subspan(first, count);
  for (const Choice& choice : leaf) most += choice.matcher->methods.size();
  auto* const names = arena.array<std::string_view>(most);
  std::string_view* end = names;
  for (const Choice& choice : leaf) {
    if (choice.matcher->condition_miss(request) != Miss::None) continue;
    for (const std::string& name : choice.matcher->methods) std::construct_at(end++, name);
  }
  if (std::find(names, end, "GET") != end) std::construct_at(end++, "HEAD");
  return join_methods({names, end}, arena);
}

}  // namespace portico::routing

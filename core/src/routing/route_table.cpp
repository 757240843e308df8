// SPDX-License-Identifier: Apache-2.0
#include "routing/route_table.h"

#include <algorithm>
#include <set>

namespace portico::routing {
namespace {

std::strong_ordering pattern_order(const Matcher& left, const Matcher& right) {
  if (const auto hosts = left.host.order(right.host); hosts != 0) return hosts;
  return left.path.order(right.path);
}

std::string join(const std::set<std::string_view>& methods) {
  std::string joined;
  for (const std::string_view method : methods) {
    if (!joined.empty()) joined += ", ";
    joined += method;
  }
  return joined;
}

/// The narrowest pattern that matches but for the method, and the methods it does allow.
class Refusal {
 public:
  void add(const Matcher& matcher) {
    first_ = &matcher;
    methods_.insert(matcher.methods.begin(), matcher.methods.end());
    if (methods_.contains("GET")) methods_.insert("HEAD");
  }
  /// Whether `matcher` has another pattern than the refused one, and so must not be tried any more.
  [[nodiscard]] bool ends_at(const Matcher& matcher) const {
    return first_ != nullptr && pattern_order(*first_, matcher) != 0;
  }
  [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
  [[nodiscard]] std::string allow() const { return join(methods_); }

 private:
  const Matcher* first_ = nullptr;
  std::set<std::string_view> methods_;
};

}  // namespace

void RouteTable::add(Matcher matcher, std::uint32_t route) {
  entries_.push_back({std::move(matcher), route});
}

void RouteTable::seal() {
  std::ranges::stable_sort(entries_, [](const Entry& left, const Entry& right) {
    const auto patterns = pattern_order(left.matcher, right.matcher);
    if (patterns != 0) return patterns < 0;
    if (left.matcher.weight() != right.matcher.weight()) {
      return left.matcher.weight() > right.matcher.weight();
    }
    return left.route < right.route;
  });
}

Decision RouteTable::find(const RequestView& request, const Tell& tell) const {
  Decision decision;
  Refusal refusal;
  for (const Entry& entry : entries_) {
    if (refusal.ends_at(entry.matcher)) break;
    const Miss miss = entry.matcher.miss(request, &decision.params);
    if (tell) tell(entry, miss);
    if (miss == Miss::None) {
      decision.kind = Decision::Kind::Found;
      decision.route = entry.route;
      return decision;
    }
    decision.params.clear();
    if (miss == Miss::Method) refusal.add(entry.matcher);
  }
  if (!refusal.empty()) {
    decision.kind = Decision::Kind::MethodNotAllowed;
    decision.allow = refusal.allow();
  }
  return decision;
}

}  // namespace portico::routing

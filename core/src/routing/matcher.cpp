// SPDX-License-Identifier: Apache-2.0
#include "routing/matcher.h"

#include <algorithm>

namespace portico::routing {
namespace {

template <class Lookup>
const Matcher::Condition* first_miss(const std::vector<Matcher::Condition>& conditions,
                                     Lookup lookup) {
  for (const Matcher::Condition& condition : conditions) {
    const std::optional<std::string_view> value = lookup(condition.name);
    if (!value || (condition.value != "*" && *value != condition.value)) return &condition;
  }
  return nullptr;
}

const Matcher::Condition* header_miss(const Matcher& matcher, const RequestView& request) {
  return first_miss(matcher.headers, [&](std::string_view name) { return request.header(name); });
}

const Matcher::Condition* query_miss(const Matcher& matcher, const RequestView& request) {
  return first_miss(matcher.query, [&](std::string_view name) { return request.query(name); });
}

}  // namespace

Miss Matcher::miss(const RequestView& request) const {
  if (!host.match(request.host)) return Miss::Host;
  if (!path.match(request.path)) return Miss::Path;
  if (const Miss missed = condition_miss(request); missed != Miss::None) return missed;
  return allows(request.method) ? Miss::None : Miss::Method;
}

Miss Matcher::condition_miss(const RequestView& request) const {
  if (header_miss(*this, request) != nullptr) return Miss::Header;
  return query_miss(*this, request) == nullptr ? Miss::None : Miss::Query;
}

std::strong_ordering Matcher::order(const Matcher& other) const noexcept {
  const auto hosts = host.order(other.host);
  return hosts != 0 ? hosts : path.order(other.path);
}

bool Matcher::allows(std::string_view method) const noexcept {
  if (methods.empty()) return true;
  const auto listed = [this](std::string_view wanted) {
    return std::ranges::find(methods, wanted) != methods.end();
  };
  return listed(method) || (method == "HEAD" && listed("GET"));
}

std::size_t Matcher::weight() const noexcept {
  return (methods.empty() ? 0 : 1) + headers.size() + query.size();
}

std::string_view Matcher::missing(const RequestView& request) const {
  if (const Condition* condition = header_miss(*this, request)) return condition->name;
  if (const Condition* condition = query_miss(*this, request)) return condition->name;
  return {};
}

}  // namespace portico::routing

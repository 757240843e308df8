// SPDX-License-Identifier: Apache-2.0
#include "shared/paging.h"

#include "shared/refusal.h"

#include <charconv>
#include <optional>
#include <utility>

namespace portico {
inline namespace shared {
namespace {

constexpr std::string_view Purpose = "page of a list";
/// Of no list's name.
constexpr char End = '\n';

std::size_t limit_of(std::string_view text) {
  std::size_t limit = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), limit);
  const bool all = fault == std::errc() && end == text.data() + text.size();
  if (!all || limit == 0 || limit > Paging::Most) {
    throw Refusal(Status::UnprocessableContent, "limit_invalid", "`limit` is 1 to 200.");
  }
  return limit;
}

/// The query without the cursor that was in it.
std::string other_parameters(std::string_view query) {
  std::string kept;
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view parameter = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    if (!parameter.empty() && !parameter.starts_with("cursor=")) kept.append(parameter).append("&");
  }
  return kept;
}

}  // namespace

Paging::Paging(const Request& request, const Host& host, std::string list)
    : request_(request), host_(host), list_(std::move(list) + End) {
  if (const auto limit = request.query("limit")) limit_ = limit_of(*limit);
  const auto cursor = request.query("cursor");
  if (!cursor) return;
  const std::optional<std::string> opened = host.unseal(Purpose, *cursor);
  if (!opened || !opened->starts_with(list_)) {
    throw Refusal(Status::UnprocessableContent, "cursor_invalid",
                  "This is no cursor of this list; begin without one.");
  }
  after_ = opened->substr(list_.size());
}

std::string Paging::next(std::string_view last) const {
  return host_.seal(Purpose, list_ + std::string(last));
}

void Paging::link(Response& answer, std::string_view cursor) const {
  if (cursor.empty()) return;
  std::string target(request_.path());
  target.append("?").append(other_parameters(request_.query())).append("cursor=").append(cursor);
  answer.headers().set("Link", "<" + target + ">; rel=\"next\"");
}

}  // namespace shared
}  // namespace portico

// SPDX-License-Identifier: Apache-2.0
#include "sql/idempotency/kept_answer.h"

#include "base/text.h"
#include "http/response_state.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace portico::sql {
namespace {

constexpr std::string_view Colon = ": ";
/// What asks for another try, which is to be one.
constexpr std::array<std::uint16_t, 3> Later{408, 425, 429};

[[nodiscard]] bool may_be_kept(const detail::ResponseState& answer) {
  const bool later = answer.status >= 500 || std::ranges::find(Later, answer.status) != Later.end();
  return !later && answer.source == detail::ResponseState::Body::Held && answer.upgrade.empty() &&
         answer.stages.empty() && !answer.headers.has("Set-Cookie") &&
         answer.body.size() <= LongestKeptBody;
}

}  // namespace

std::optional<KeptAnswer> keep(const Response& answer) {
  if (!may_be_kept(detail::ResponseState::of(answer))) return std::nullopt;
  KeptAnswer kept{.code = static_cast<std::int64_t>(answer.status()),
                  .headers = {},
                  .body = std::string(answer.body())};
  const Headers& headers = answer.headers();
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const auto [name, value] = headers[i];
    kept.headers.append(name).append(Colon).append(value).append("\n");
  }
  return kept;
}

Response replay(const KeptAnswer& kept) {
  Response answer(static_cast<Status>(kept.code));
  if (!kept.body.empty()) answer.body(kept.body, {});
  // What was there is added, in its order.
  answer.headers().remove("Content-Type");
  for (const std::string_view line : base::split(kept.headers, '\n')) {
    const std::size_t colon = line.find(Colon);
    if (colon == std::string_view::npos) continue;
    answer.headers().add(line.substr(0, colon), line.substr(colon + Colon.size()));
  }
  answer.headers().set("Idempotent-Replayed", "true");
  return answer;
}

}  // namespace portico::sql

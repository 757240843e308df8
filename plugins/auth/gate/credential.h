// SPDX-License-Identifier: Apache-2.0
// The one credential that a request brings. Two of them are refused, whatever they are: which of
// them a server behind us would believe is not ours to guess. On the loop; allocates nothing.
#pragma once

#include <portico/headers.h>

#include <cstdint>
#include <string_view>

namespace portico::auth {

inline constexpr std::string_view SessionCookie = "__Host-sid";
inline constexpr std::string_view RefreshCookie = "__Secure-rt";
inline constexpr std::string_view CsrfCookie = "csrf";

struct Credential {
  enum class Kind : std::uint8_t {
    None,
    Token,    ///< `text` is what stands behind "Bearer".
    Session,  ///< `text` is the session cookie's value.
    ApiKey,   ///< `text` is what stands in X-API-Key.
    Foreign,  ///< Authorization by another scheme, which says nothing to us.
    Several,
  };
  Kind kind = Kind::None;
  std::string_view text{};  ///< Of the request; may be empty, and anything at all.
};

/// Whether the session cookie is a credential: it is one where sessions are kept.
enum class Cookies : std::uint8_t { Count, Ignore };

[[nodiscard]] Credential find_credential(const Headers& fields, Cookies cookies) noexcept;

/// Calls `visit(name, value)` for each cookie of one field; `value` without quotes around it.
template <class Visit>
void each_cookie(std::string_view field, Visit visit) {
  const auto trim = [](std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
  };
  while (!field.empty()) {
    const std::size_t end = field.find(';');
    const std::string_view pair = trim(field.substr(0, end));
    field = end == std::string_view::npos ? std::string_view() : field.substr(end + 1);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) {
      visit(pair, std::string_view());
      continue;
    }
    std::string_view value = pair.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    visit(pair.substr(0, equals), value);
  }
}

}  // namespace portico::auth

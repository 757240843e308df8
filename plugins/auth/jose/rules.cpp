// SPDX-License-Identifier: Apache-2.0
#include "jose/rules.h"

#include <algorithm>
#include <string_view>

namespace portico::auth {
namespace {

bool same_but_for_case(std::string_view text, std::string_view other) noexcept {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::equal(text.begin(), text.end(), other.begin(), other.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

bool accepts_type(const Rules& rules, std::string_view type) noexcept {
  constexpr std::string_view Tree = "application/";
  if (same_but_for_case(type.substr(0, Tree.size()), Tree)) type.remove_prefix(Tree.size());
  return std::any_of(rules.types.begin(), rules.types.end(),
                     [&](const auto& each) { return same_but_for_case(type, each); });
}

bool accepts_audience(const Rules& rules, const Claims& claims) noexcept {
  return std::any_of(rules.audiences.begin(), rules.audiences.end(), [&](const auto& each) {
    return std::find(claims.audience.begin(), claims.audience.end(), each) != claims.audience.end();
  });
}

/// Sums stay far from the bounds of their type: claims end in the year 9999.
std::optional<Fault> time_fault(const Claims& claims, std::chrono::seconds leeway,
                                std::chrono::seconds now) noexcept {
  if (!claims.expires) return Fault::NoExpiry;
  if (now >= *claims.expires + leeway) return Fault::Expired;
  if (claims.not_before && *claims.not_before > now + leeway) return Fault::NotYetValid;
  if (claims.issued && *claims.issued > now + leeway) return Fault::IssuedInFuture;
  return std::nullopt;
}

}  // namespace

std::optional<Fault> check(const Token& token, const Rules& rules,
                           std::chrono::microseconds now) noexcept {
  const Claims& claims = token.claims();
  if (!accepts_type(rules, token.header().type)) return Fault::WrongType;
  if (claims.issuer.empty() || claims.issuer != rules.issuer) return Fault::WrongIssuer;
  if (!accepts_audience(rules, claims)) return Fault::WrongAudience;
  if (claims.subject.empty()) return Fault::NoSubject;
  return time_fault(claims, rules.leeway, std::chrono::floor<std::chrono::seconds>(now));
}

}  // namespace portico::auth

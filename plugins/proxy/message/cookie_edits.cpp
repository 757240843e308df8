// SPDX-License-Identifier: Apache-2.0
#include "message/cookie_edits.h"

#include "message/field_rules.h"
#include "message/path_rule.h"
#include "shared/ascii.h"

#include <algorithm>
#include <ranges>

namespace portico::proxy {
namespace {

constexpr std::string_view Remove = "remove";

std::string fault_of_domain(std::string_view text) {
  const bool sound = !text.empty() && std::ranges::all_of(text, [](char c) {
    return c == '.' || c == '-' || (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
  });
  if (sound) return {};
  return "is no domain; write one such as example.com, or `remove`";
}

std::string_view word_of(SameSite policy) noexcept {
  switch (policy) {
    case SameSite::Strict: return "Strict";
    case SameSite::None: return "None";
    case SameSite::Lax: break;
  }
  return "Lax";
}

}  // namespace

void CookieSettings::describe(Schema<CookieSettings>& s) {
  using Self = CookieSettings;
  s.summary("How the cookies that an upstream sets are changed.");
  s.field("domain", &Self::domain,
          "What stands in the place of a Domain; `remove`: none, so that the cookie belongs to the "
          "public host alone.")
      .check(fault_of_domain)
      .example("remove");
  s.field("path", &Self::path, "Paths, or their first segments, and what stands in their place.")
      .max(16)
      .check_keys(fault_of_cookie_path)
      .check(fault_of_cookie_path)
      .example("{/: /app}");
  s.field("secure", &Self::secure, "Secure is added, or taken away.");
  s.field("http_only", &Self::http_only, "HttpOnly is added, or taken away.");
  s.field("same_site", &Self::same_site, "What SameSite becomes.")
      .names({{"lax", SameSite::Lax}, {"strict", SameSite::Strict}, {"none", SameSite::None}});
  s.rule("`same_site: none` is kept by no browser without Secure; add secure: true",
         [](const Self& cookies) {
           return cookies.same_site != SameSite::None || cookies.secure == true;
         });
}

CookieEdits::CookieEdits(const CookieSettings& settings) : settings_(settings) {
  for (const auto& [from, to] : std::views::reverse(settings.path)) {
    paths_.emplace_back(without_end(from), without_end(to));
  }
}

void CookieEdits::apply(Headers& headers, Draft& draft) const {
  constexpr std::string_view Name = "Set-Cookie";
  // Each is taken from where it stands and added behind the others: their order stays.
  static thread_local std::vector<std::string_view> cookies;
  cookies.clear();
  for (std::size_t i = 0; i < headers.size(); ++i) {
    if (same_letters(headers[i].name, Name)) cookies.push_back(headers[i].value);
  }
  if (cookies.empty()) return;
  headers.remove(Name);
  for (const std::string_view cookie : cookies) headers.add(Name, edit(cookie, draft));
}

std::string_view CookieEdits::edit(std::string_view cookie, Draft& draft) const {
  draft.clear();
  draft += take_until(cookie, ';');
  while (!cookie.empty()) append_attribute(trimmed(take_until(cookie, ';')), draft);
  append_flags(draft);
  return draft;
}

void CookieEdits::append_attribute(std::string_view attribute, Draft& draft) const {
  std::string_view value = attribute;
  const std::string_view name = trimmed(take_until(value, '='));
  if (name.empty()) return;
  if (settings_.domain && same_letters(name, "Domain")) {
    if (*settings_.domain == Remove) return;
    draft.append("; Domain=").append(*settings_.domain);
    return;
  }
  if (same_letters(name, "Path")) return append_path(trimmed(value), draft);
  if (settings_.secure && same_letters(name, "Secure")) return;
  if (settings_.http_only && same_letters(name, "HttpOnly")) return;
  if (settings_.same_site && same_letters(name, "SameSite")) return;
  draft.append("; ").append(attribute);
}

/// The longest of the paths that fit.
void CookieEdits::append_path(std::string_view path, Draft& draft) const {
  draft += "; Path=";
  for (const auto& [from, to] : paths_) {
    const auto rest = behind(from, path);
    if (!rest) continue;
    const bool root = *rest == "/";
    draft.append(to.empty() && (root || rest->empty()) ? "/" : to).append(root ? "" : *rest);
    return;
  }
  draft += path;
}

void CookieEdits::append_flags(Draft& draft) const {
  if (settings_.secure == true) draft += "; Secure";
  if (settings_.http_only == true) draft += "; HttpOnly";
  if (settings_.same_site) draft.append("; SameSite=").append(word_of(*settings_.same_site));
}

}  // namespace portico::proxy

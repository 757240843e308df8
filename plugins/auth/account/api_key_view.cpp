// SPDX-License-Identifier: Apache-2.0
#include "account/api_key_view.h"

#include "account/person_name.h"
#include "shared/ascii.h"
#include "shared/time_text.h"

#include <algorithm>

namespace portico::auth {
namespace {

constexpr double MostScopes = 50;
constexpr std::size_t LongestScope = 164;

std::string fault_of_scope(std::string_view text) {
  const bool fits =
      !text.empty() && text.size() <= LongestScope && std::ranges::all_of(text, [](char c) {
        return is_letter(c) || is_digit(c) ||
               std::string_view("_-.:*").find(c) != std::string::npos;
      });
  return fits ? std::string() : "is no scope; write a permission, as in \"orders:read\"";
}

}  // namespace

void ApiKeyForm::describe(Schema<ApiKeyForm>& s) {
  s.summary("A key for a program.");
  s.field("name", &ApiKeyForm::name, "What it is for.").required().check(fault_of_person_name);
  s.field("scopes", &ApiKeyForm::scopes,
          "What may be done with it: permissions that the owner has.")
      .max(MostScopes)
      .check(fault_of_scope);
  s.field("expires_at", &ApiKeyForm::expires_at,
          "When it ends, within a year; in 90 days where nothing is said.");
}

void ApiKeyName::describe(Schema<ApiKeyName>& s) {
  s.summary("What a key is called from now on.");
  s.field("name", &ApiKeyName::name, "What it is for.").required().check(fault_of_person_name);
}

void ApiKeyView::describe(Schema<ApiKeyView>& s) {
  s.summary("An API key.");
  s.field("id", &ApiKeyView::id, "For ending it.");
  s.field("name", &ApiKeyView::name, "What it is for.");
  s.field("prefix", &ApiKeyView::prefix, "How it begins.");
  s.field("scopes", &ApiKeyView::scopes, "What may be done with it.");
  s.field("created_at", &ApiKeyView::created_at, "When it was made.");
  s.field("expires_at", &ApiKeyView::expires_at, "When it ends.");
  s.field("last_used_at", &ApiKeyView::last_used_at, "When it was used last, about.");
  s.field("key", &ApiKeyView::key, "The key itself. It is shown this once.");
}

void ApiKeyList::describe(Schema<ApiKeyList>& s) {
  s.summary("The API keys of a user.");
  s.field("items", &ApiKeyList::items, "Those that live, the oldest first.");
}

ApiKeyView view_of(const ApiKey& key) {
  ApiKeyView view{.id = key.id,
                  .name = key.name,
                  .prefix = key.prefix,
                  .scopes = key.scopes,
                  .created_at = time_text(key.created),
                  .expires_at = time_text(key.expires),
                  .last_used_at = std::nullopt,
                  .key = std::nullopt};
  if (key.used) view.last_used_at = time_text(*key.used);
  return view;
}

}  // namespace portico::auth

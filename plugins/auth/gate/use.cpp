// SPDX-License-Identifier: Apache-2.0
#include "gate/use.h"

#include <algorithm>
#include <string_view>

namespace portico::auth {
namespace {

constexpr double MostNames = 32;

/// scope-token of RFC 6749 §3.3. It goes into a quoted string of WWW-Authenticate.
std::string fault_of_scope(std::string_view text) {
  const bool fits = !text.empty() && std::ranges::all_of(text, [](char c) {
    return c > ' ' && c < '\x7f' && c != '"' && c != '\\';
  });
  if (fits) return {};
  return "is no scope; write printable characters without blanks, quotes and backslashes";
}

template <class T>
void describe_narrowing(Schema<T>& s) {
  s.field("issuer", &T::issuer,
          "Only tokens of these issuers pass here; of any that is trusted "
          "where nothing is said.")
      .max(MostNames)
      .example("\"https://id.example.com\"");
  s.field("audience", &T::audience,
          "Tokens must name one of these too, beside what their issuer's settings ask for.")
      .max(MostNames)
      .example("billing");
}

template <class T>
void describe_required(Schema<T>& s) {
  s.field("scopes", &T::scopes, "Scopes that the token must have, all of them; else 403.")
      .max(MostNames)
      .check(fault_of_scope)
      .example("[read]");
  describe_narrowing(s);
}

}  // namespace

void RequiredUse::describe(Schema<RequiredUse>& s) {
  s.summary("Lets nobody pass who is not known: 401.");
  describe_required(s);
}

void OptionalUse::describe(Schema<OptionalUse>& s) {
  s.summary(
      "Lets pass who brings no credential, as nobody, and who brings a good one. A bad one is "
      "refused: 401.");
  describe_narrowing(s);
}

void FreshUse::describe(Schema<FreshUse>& s) {
  s.summary(
      "Lets pass who has proved a short while ago who it is; others are asked to again: 401.");
  s.field("max_age", &FreshUse::max_age, "How long ago that may be, by `auth_time` of the token.")
      .min(std::chrono::seconds(1))
      .max(std::chrono::hours(24));
  describe_required(s);
}

}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
#include "gate/caller.h"

#include <algorithm>
#include <numeric>
#include <span>

namespace portico::auth {
namespace {

constexpr std::size_t LongestName = 255;

bool is_printable(std::string_view text) noexcept {
  return text.size() <= LongestName && std::ranges::none_of(text, [](char c) {
           return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
         });
}

/// A comma would make two of it, where an upstream reads a list.
bool is_list_item(std::string_view text) noexcept {
  return !text.empty() && is_printable(text) && text.find(',') == std::string_view::npos;
}

std::vector<std::string_view> words_of(std::string_view scope) {
  std::vector<std::string_view> words;
  while (!scope.empty()) {
    const std::size_t end = scope.find(' ');
    if (end != 0) words.push_back(scope.substr(0, end));
    scope = end == std::string_view::npos ? std::string_view() : scope.substr(end + 1);
  }
  return words;
}

std::size_t size_of(std::span<const std::string_view> texts) noexcept {
  return std::accumulate(texts.begin(), texts.end(), std::size_t{0},
                         [](std::size_t sum, std::string_view text) { return sum + text.size(); });
}

UnixTime unix_time(const Claims::Time& time) noexcept {
  return time.value_or(std::chrono::seconds(0));
}

}  // namespace

/// What a caller is made from; refers to what it came from.
struct Caller::Facts {
  std::string_view prefix{};
  std::string_view subject{};
  std::string_view session{};
  std::string_view issuer{};
  std::string_view claims{};
  std::string_view key_id{};
  std::vector<std::string_view> roles{};
  std::vector<std::string_view> scopes{};
  std::vector<std::string_view> audience{};
  UnixTime issued{0};
  UnixTime authenticated{0};
  UnixTime expires{0};
  std::int64_t permission_version = 0;
};

std::shared_ptr<const Caller> Caller::of(const Token& token, const Issuer& issuer,
                                         const Issuer::Found& by, const IdentityHeaders& headers) {
  const Claims& claims = token.claims();
  const Facts facts{.prefix = issuer.subject_prefix(),
                    .subject = claims.subject,
                    .session = claims.session,
                    .issuer = claims.issuer,
                    .claims = token.payload(),
                    .key_id = by.key->id(),
                    .roles = claims.roles,
                    .scopes = words_of(claims.scope),
                    .audience = claims.audience,
                    .issued = unix_time(claims.issued),
                    .authenticated = unix_time(claims.authenticated),
                    .expires = unix_time(claims.expires),
                    .permission_version = claims.permission_version.value_or(0)};
  if (!can_be_told(facts)) return nullptr;
  const std::shared_ptr<Caller> caller(new Caller(facts));
  caller->headers = headers.of(caller->principal);
  caller->issuer = &issuer;
  caller->version = by.version;
  caller->ours = issuer.whose() == Issuer::Whose::Ours;
  caller->expires += issuer.rules().leeway;
  caller->known_until = caller->expires;
  return caller;
}

std::shared_ptr<const Caller> Caller::of(const KnownSession& session, const Issuer* own,
                                         const IdentityHeaders& headers) {
  Facts facts{.subject = session.subject,
              .session = session.id,
              .roles = {session.roles.begin(), session.roles.end()},
              .scopes = {session.scopes.begin(), session.scopes.end()},
              .issued = session.issued,
              .authenticated = session.authenticated,
              .expires = session.expires,
              .permission_version = session.permission_version};
  if (own != nullptr) {
    facts.issuer = own->name();
    facts.audience.assign(own->rules().audiences.begin(), own->rules().audiences.end());
  }
  if (!can_be_told(facts)) return nullptr;
  const std::shared_ptr<Caller> caller(new Caller(facts));
  caller->principal.limited = session.limited;
  caller->known_until = std::min(session.expires, session.known_until);
  caller->headers = headers.of(caller->principal);
  caller->ours = true;
  return caller;
}

bool Caller::can_be_told(const Facts& facts) noexcept {
  return !facts.subject.empty() && is_printable(facts.subject) && is_printable(facts.session) &&
         is_printable(facts.issuer) && std::ranges::all_of(facts.roles, is_list_item) &&
         std::ranges::all_of(facts.scopes, is_list_item);
}

Caller::Caller(const Facts& facts) : issued(facts.issued), expires(facts.expires) {
  texts_.reserve(facts.prefix.size() + facts.subject.size() + facts.session.size() +
                 facts.issuer.size() + facts.claims.size() + facts.key_id.size() +
                 size_of(facts.roles) + size_of(facts.scopes) + size_of(facts.audience));
  const auto keep_all = [this](std::span<const std::string_view> from,
                               std::vector<std::string_view>& to) {
    to.reserve(from.size());
    for (const std::string_view text : from) to.push_back(keep(text));
  };
  keep_all(facts.roles, roles_);
  keep_all(facts.scopes, scopes_);
  keep_all(facts.audience, audience);
  principal.subject = keep_subject(facts);
  principal.session = keep(facts.session);
  key_id = keep(facts.key_id);
  principal.issuer = keep(facts.issuer);
  principal.claims = keep(facts.claims);
  principal.roles = roles_;
  principal.scopes = scopes_;
  principal.authenticated = facts.authenticated;
  principal.expires = facts.expires;
  principal.permission_version = facts.permission_version;
}

std::string_view Caller::keep(std::string_view text) {
  const std::size_t at = texts_.size();
  texts_ += text;
  return std::string_view(texts_).substr(at);
}

std::string_view Caller::keep_subject(const Facts& facts) {
  const std::string_view prefix = keep(facts.prefix);
  const std::string_view subject = keep(facts.subject);
  return {prefix.data(), prefix.size() + subject.size()};
}

std::size_t Caller::bytes() const noexcept {
  constexpr std::size_t EachField = 160;
  return sizeof(Caller) + texts_.capacity() +
         (roles_.size() + scopes_.size() + audience.size()) * sizeof(std::string_view) +
         headers.size() * EachField + principal.subject.size() + size_of(roles_) +
         size_of(scopes_) + principal.session.size();
}

}  // namespace portico::auth

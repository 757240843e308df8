// SPDX-License-Identifier: Apache-2.0
#include "account/mailed_secret.h"

#include <array>
#include <optional>
#include <span>
#include <utility>

namespace portico::auth {
namespace {

constexpr std::string_view Token = "{token}";

struct Way {
  const std::string& link;  ///< As the file says it; empty: the page of our own,
  std::string_view page;    ///< which is here, below the mount.
  std::chrono::seconds life;
};

Way way_of(Purpose purpose, const LinkSettings& links) {
  if (purpose == Purpose::Reset) {
    return {links.reset_password, "/password/reset", links.reset_life};
  }
  return {links.verify_email, "/verify-email", links.verify_life};
}

}  // namespace

MailedSecret::MailedSecret(Source source, Purpose purpose, std::string user)
    : source_(source), purpose_(purpose), user_(std::move(user)), id_(source.host.new_id()) {
  std::array<std::byte, 32> random{};
  source_.host.random(random);
  token_ = one_time::token_of(random);
}

MailedSecret::MailedSecret(Source source, Purpose purpose, std::string user, const Digest& code_key)
    : MailedSecret(source, purpose, std::move(user)) {
  std::array<std::byte, 5> random{};
  source_.host.random(random);
  code_ = one_time::code_of(random);
  code_digest_ = one_time::digest_of_code(code_key, purpose_, user_, code_);
}

void MailedSecret::keep(Transaction& db, Time now) const {
  const Way way = way_of(purpose_, source_.settings.links);
  NewOneTimeToken made{
      .id = id_,
      .purpose = purpose_,
      .user_id = user_.empty() ? std::nullopt : std::optional<std::string_view>(user_),
      .digest = *one_time::digest_of_token(token_),
      .expires = now + way.life};
  if (!code_.empty()) {
    made.code = NewOneTimeToken::Code{.digest = code_digest_,
                                      .expires = now + source_.settings.links.code_life};
  }
  one_time::make(db, made, now);
}

Mail MailedSecret::mail(std::string_view about, std::string_view to,
                        std::string_view locale) const {
  const Way way = way_of(purpose_, source_.settings.links);
  // From the file alone: what a request says of its host never gets into a mail.
  std::string link = way.link;
  if (link.empty()) {
    link.append(source_.settings.issuer)
        .append(source_.host.mount())
        .append(way.page)
        .append("?token=")
        .append(Token);
  }
  link.replace(link.find(Token), Token.size(), token_);
  Mail mail{.about = about, .user = user_, .to = std::string(to), .locale = std::string(locale)};
  mail.values.emplace_back("link", std::move(link));
  if (!code_.empty()) mail.values.emplace_back("code", code_);
  return mail;
}

}  // namespace portico::auth

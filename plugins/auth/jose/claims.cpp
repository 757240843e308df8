// SPDX-License-Identifier: Apache-2.0
#include "jose/claims.h"

#include <algorithm>

namespace portico::auth {
namespace {

using Texts = std::vector<std::string_view>;

/// The largest whole number up to which every reader of JSON agrees on each.
constexpr std::uint64_t MostInteger = std::uint64_t{1} << 53;
constexpr std::int64_t EndOfYear9999 = 253'402'300'799;

/// Reads members by name and remembers whether all of them were well formed.
class Reader {
 public:
  explicit Reader(const Json::Value& payload) noexcept : payload_(payload) {}

  [[nodiscard]] bool good() const noexcept { return good_; }

  std::string_view text(std::string_view name) noexcept {
    const auto member = payload_.member(name);
    return member ? sound(member->text()) : std::string_view();
  }

  std::optional<std::int64_t> integer(std::string_view name) noexcept {
    const auto member = payload_.member(name);
    if (!member) return std::nullopt;
    const std::uint64_t value = sound(member->integer());
    good_ = good_ && value <= MostInteger;
    return static_cast<std::int64_t>(value);
  }

  Claims::Time time(std::string_view name) noexcept {
    const auto seconds = integer(name);
    if (!seconds) return std::nullopt;
    return std::chrono::seconds(std::min(*seconds, EndOfYear9999));
  }

  Texts texts(std::string_view name, std::size_t most) {
    const auto member = payload_.member(name);
    return member ? elements(*member, most) : Texts();
  }

  Texts one_or_more(std::string_view name, std::size_t most) {
    const auto member = payload_.member(name);
    if (member && member->text()) return {*member->text()};
    return texts(name, most);
  }

 private:
  template <class T>
  T sound(const std::optional<T>& value) noexcept {
    good_ = good_ && value;
    return value.value_or(T());
  }

  Texts elements(const Json::Value& array, std::size_t most) {
    Texts texts;
    good_ = good_ && array.kind() == Json::Kind::Array;
    if (!good_) return texts;
    for (const Json::Value each : array) {
      good_ = good_ && texts.size() < most;
      if (!good_) break;
      texts.push_back(sound(each.text()));
    }
    return texts;
  }

  const Json::Value& payload_;
  bool good_ = true;
};

}  // namespace

std::optional<Claims> claims_of(const Json::Value& payload) {
  Reader reader(payload);
  Claims claims;
  claims.issuer = reader.text("iss");
  claims.subject = reader.text("sub");
  claims.id = reader.text("jti");
  claims.session = reader.text("sid");
  claims.scope = reader.text("scope");
  claims.audience = reader.one_or_more("aud", Claims::MostAudiences);
  claims.roles = reader.texts("roles", Claims::MostRoles);
  claims.methods = reader.texts("amr", Claims::MostMethods);
  claims.expires = reader.time("exp");
  claims.not_before = reader.time("nbf");
  claims.issued = reader.time("iat");
  claims.authenticated = reader.time("auth_time");
  claims.permission_version = reader.integer("pv");
  if (!reader.good()) return std::nullopt;
  return claims;
}

}  // namespace portico::auth

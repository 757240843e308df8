// SPDX-License-Identifier: Apache-2.0
#include "password/pbkdf2_form.h"

#include "password/base64.h"
#include "password/cursor.h"
#include "password/wipe.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include <openssl/evp.h>

namespace portico::auth {
namespace {

constexpr std::string_view Sha256 = "$pbkdf2-sha256$";
constexpr std::string_view Sha512 = "$pbkdf2-sha512$";
constexpr std::string_view Django = "pbkdf2_sha256$";

constexpr std::size_t LeastTag = 16;
constexpr std::size_t MostTag = 64;
constexpr std::size_t MostSalt = 64;

/// Bounds that all three share.
std::variant<Pbkdf2Form, HashFault> judged(Pbkdf2Form form) {
  if (form.rounds == 0 || form.salt.empty() || form.tag.empty()) return HashFault::Malformed;
  // A tag that is longer than its digest costs the rounds once more for each piece.
  const std::size_t digest = form.digest == Pbkdf2Form::Digest::Sha256 ? 32 : 64;
  if (form.rounds > MostPbkdf2Rounds || form.tag.size() < LeastTag || form.tag.size() > digest ||
      form.salt.size() > MostSalt) {
    return HashFault::OutOfBounds;
  }
  return form;
}

std::optional<std::string> from_either_base64(std::string_view text) {
  std::string usual(text.substr(0, 2 * MostTag));
  if (usual.size() != text.size()) return std::nullopt;
  std::replace(usual.begin(), usual.end(), '.', '+');
  return from_base64(usual, Padding::None);
}

std::variant<Pbkdf2Form, HashFault> read_phc(std::string_view text) {
  Pbkdf2Form form;
  form.digest = text.starts_with(Sha256) ? Pbkdf2Form::Digest::Sha256 : Pbkdf2Form::Digest::Sha512;
  Cursor cursor(text.substr(Sha256.size()));
  cursor.take("i=");
  const auto rounds = cursor.take_number();
  if (!rounds) return HashFault::Malformed;
  const bool has_length = cursor.take(",l=");
  const auto length = has_length ? cursor.take_number() : std::nullopt;
  if ((has_length && !length) || !cursor.take("$")) return HashFault::Malformed;
  auto salt = from_either_base64(cursor.take_until('$'));
  if (!cursor.take("$")) return HashFault::Malformed;
  auto tag = from_either_base64(cursor.rest());
  if (!salt || !tag || (length && *length != tag->size())) return HashFault::Malformed;
  form.rounds = *rounds;
  form.salt = *std::move(salt);
  form.tag = *std::move(tag);
  return judged(std::move(form));
}

std::variant<Pbkdf2Form, HashFault> read_django(std::string_view text) {
  Cursor cursor(text.substr(Django.size()));
  const auto rounds = cursor.take_number();
  if (!rounds || !cursor.take("$")) return HashFault::Malformed;
  const std::string_view salt = cursor.take_until('$');
  if (!cursor.take("$") || cursor.rest().size() > 2 * MostTag) return HashFault::Malformed;
  auto tag = from_base64(cursor.rest(), Padding::Required);
  if (!tag) return HashFault::Malformed;
  // The characters of the salt are its bytes.
  return judged({Pbkdf2Form::Digest::Sha256, *rounds, std::string(salt), *std::move(tag)});
}

}  // namespace

bool looks_like_pbkdf2(std::string_view text) noexcept {
  return text.starts_with(Sha256) || text.starts_with(Sha512) || text.starts_with(Django);
}

std::variant<Pbkdf2Form, HashFault> read_pbkdf2(std::string_view text) {
  return text.starts_with(Django) ? read_django(text) : read_phc(text);
}

bool fits(const Pbkdf2Form& form, std::string_view password) {
  const EVP_MD* const digest =
      form.digest == Pbkdf2Form::Digest::Sha256 ? EVP_sha256() : EVP_sha512();
  std::string tag(form.tag.size(), '\0');
  const int made =
      PKCS5_PBKDF2_HMAC(password.empty() ? "" : password.data(), static_cast<int>(password.size()),
                        reinterpret_cast<const unsigned char*>(form.salt.data()),
                        static_cast<int>(form.salt.size()), static_cast<int>(form.rounds), digest,
                        static_cast<int>(tag.size()), reinterpret_cast<unsigned char*>(tag.data()));
  if (made != 1) throw std::runtime_error("OpenSSL makes no PBKDF2");
  return equal_secrets(tag, form.tag);
}

}  // namespace portico::auth

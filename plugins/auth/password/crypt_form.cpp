// SPDX-License-Identifier: Apache-2.0
#include "password/crypt_form.h"

#include "password/cursor.h"
#include "password/wipe.h"
#include "shared/ascii.h"

#include <algorithm>
#include <memory>

#include <crypt.h>

namespace portico::auth {
namespace {

constexpr std::string_view Alphabet =
    "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

bool of_alphabet(std::string_view text) {
  return text.find_first_not_of(Alphabet) == std::string_view::npos;
}

/// `$2b$12$`, 22 characters of salt, 31 of the hash. `$2x$` marks hashes of a faulty
/// implementation, under which many passwords share one.
std::variant<CryptForm, HashFault> read_bcrypt(std::string_view text) {
  constexpr std::size_t Size = 60;
  constexpr std::size_t HashSize = 31;
  const std::string_view minor = text.substr(0, 4);
  if (minor != "$2a$" && minor != "$2b$" && minor != "$2y$") return HashFault::Unknown;
  if (text.size() != Size || !is_digit(text[4]) || !is_digit(text[5]) || text[6] != '$' ||
      !of_alphabet(text.substr(7))) {
    return HashFault::Malformed;
  }
  const auto cost = static_cast<std::uint32_t>((text[4] - '0') * 10 + (text[5] - '0'));
  if (cost < 4) return HashFault::Malformed;
  if (cost > MostBcryptCost) return HashFault::OutOfBounds;
  return CryptForm{CryptForm::Kind::Bcrypt, std::string(text), HashSize};
}

/// `$6$rounds=5000$<salt>$<hash>`, where the rounds may be left out.
std::variant<CryptForm, HashFault> read_sha(std::string_view text) {
  constexpr std::uint32_t LeastRounds = 1000;
  constexpr std::size_t MostSalt = 16;
  const std::size_t hash_size = text.starts_with("$5$") ? 43 : 86;
  Cursor cursor(text.substr(3));
  if (cursor.take("rounds=")) {
    const auto rounds = cursor.take_number();
    if (!rounds || !cursor.take("$") || *rounds < LeastRounds) return HashFault::Malformed;
    if (*rounds > MostShaCryptRounds) return HashFault::OutOfBounds;
  }
  const std::string_view salt = cursor.take_until('$');
  if (salt.empty() || salt.size() > MostSalt || !of_alphabet(salt) || !cursor.take("$") ||
      cursor.rest().size() != hash_size || !of_alphabet(cursor.rest())) {
    return HashFault::Malformed;
  }
  return CryptForm{CryptForm::Kind::Sha, std::string(text), hash_size};
}

struct WipingDelete {
  void operator()(crypt_data* data) const noexcept {
    sodium_memzero(data, sizeof(*data));
    delete data;
  }
};

}  // namespace

bool looks_like_crypt(std::string_view text) noexcept {
  return text.starts_with("$2") || text.starts_with("$5$") || text.starts_with("$6$");
}

std::variant<CryptForm, HashFault> read_crypt(std::string_view text) {
  return text.starts_with("$2") ? read_bcrypt(text) : read_sha(text);
}

bool fits(const CryptForm& form, std::string_view password) {
  // crypt reads up to a NUL, so everything behind one would fit.
  if (password.find('\0') != std::string_view::npos) return false;
  // bcrypt looks at 72 bytes, and whoever made the hash may have passed it more. libcrypt takes
  // less than 512, whatever the kind.
  constexpr std::size_t MostOfBcrypt = 72;
  constexpr std::size_t MostOfCrypt = CRYPT_MAX_PASSPHRASE_SIZE - 1;
  if (form.kind == CryptForm::Kind::Bcrypt) password = password.substr(0, MostOfBcrypt);
  if (password.size() > MostOfCrypt) return false;

  const WipedText<MostOfCrypt> phrase(password);
  // 32 KiB: too large for a stack that others share.
  const std::unique_ptr<crypt_data, WipingDelete> data(new crypt_data{});
  const char* const made = crypt_r(phrase.c_str(), form.text.c_str(), data.get());
  if (made == nullptr) return false;
  const std::string_view text(made);
  // The hash alone: a salt has spellings that crypt writes anew. What it refuses comes back as
  // "*0".
  if (text.size() < form.hash_size + 3) return false;
  return equal_secrets(text.substr(text.size() - form.hash_size),
                       std::string_view(form.text).substr(form.text.size() - form.hash_size));
}

}  // namespace portico::auth

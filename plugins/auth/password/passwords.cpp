// SPDX-License-Identifier: Apache-2.0
#include "password/passwords.h"

#include "password/stored_hash.h"

#include <stdexcept>

#include <sodium/randombytes.h>

namespace portico::auth {
namespace {

std::string random_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

struct Verify {
  std::string_view password;

  Verdict operator()(HashFault /*fault*/) const { return Verdict::Unusable; }
  template <class Form>
  Verdict operator()(const Form& form) const {
    return fits(form, password) ? Verdict::Right : Verdict::Wrong;
  }
};

}  // namespace

Passwords::Passwords(const Cost& cost) : cost_(cost) {
  if (!may_be_set(cost)) throw std::invalid_argument("the cost of a hash is out of its bounds");
  decoy_ = fresh();
  // No password is known to give it.
  decoy_.tag = random_bytes(TagSize);
}

std::string Passwords::hash(std::string_view password) const {
  if (password.size() > MostPasswordBytes) throw std::length_error("the password is too long");
  Argon2Form form = fresh();
  form.tag = argon2_tag(form, password);
  return print(form);
}

Verdict Passwords::verify(std::string_view stored, std::string_view password) const {
  if (password.size() > MostPasswordBytes) return Verdict::Wrong;
  return std::visit(Verify{password}, read_stored_hash(stored));
}

void Passwords::verify_decoy(std::string_view password) const {
  // The same way as a stored hash goes, its text included.
  static_cast<void>(verify(print(decoy_), password));
}

bool Passwords::outdated(std::string_view stored) const {
  const StoredHash read = read_stored_hash(stored);
  const auto* const form = std::get_if<Argon2Form>(&read);
  return form == nullptr || form->variant != Argon2Variant::Id || form->version != 19 ||
         form->cost != cost_ || form->salt.size() < SaltSize || form->tag.size() < TagSize;
}

Argon2Form Passwords::fresh() const {
  Argon2Form form;
  form.cost = cost_;
  form.salt = random_bytes(SaltSize);
  form.tag.resize(TagSize);
  return form;
}

}  // namespace portico::auth

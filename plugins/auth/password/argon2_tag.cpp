// SPDX-License-Identifier: Apache-2.0
// Two libraries make the same tags. Debian builds libargon2 for any x86-64, so without the wide
// registers; libsodium looks at the processor and takes two thirds of the time, but knows one lane,
// salts of 16 bytes and the present version alone. That is what we make; the rest is imported, or
// an operator asked for more lanes.
#include "password/argon2_form.h"
#include "password/wipe.h"

#include <new>
#include <stdexcept>

#include <argon2.h>
#include <sodium/core.h>
#include <sodium/crypto_pwhash_argon2id.h>
#include <sys/mman.h>

namespace portico::auth {
namespace {

/// Neither library takes a null pointer for an empty text.
const char* start_of(std::string_view text) noexcept { return text.empty() ? "" : text.data(); }

/// libargon2 writes to what it is given only where a flag says so; ours does not.
std::uint8_t* as_bytes(std::string_view text) noexcept {
  return reinterpret_cast<std::uint8_t*>(const_cast<char*>(start_of(text)));
}

/// Mapped for one hash and given back behind it, as libsodium does. malloc would keep it, and the
/// gate's promise of so many times one hash's memory would not hold. All pages at once cost less
/// than a fault for each.
int map_blocks(std::uint8_t** memory, std::size_t size) {
  void* const mapped = mmap(nullptr, size, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (mapped == MAP_FAILED) return ARGON2_MEMORY_ALLOCATION_ERROR;
  *memory = static_cast<std::uint8_t*>(mapped);
  return ARGON2_OK;
}

void unmap_blocks(std::uint8_t* memory, std::size_t size) { munmap(memory, size); }

}  // namespace

namespace detail {

bool fits_sodium(const Argon2Form& form) noexcept {
  return form.variant == Argon2Variant::Id && form.version == 19 && form.cost.lanes == 1 &&
         form.salt.size() == crypto_pwhash_argon2id_SALTBYTES;
}

std::string tag_by_sodium(const Argon2Form& form, std::string_view password) {
  // Without it libsodium would not look at the processor.
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("libsodium does not start");
  std::string tag(form.tag.size(), '\0');
  // The only thing that fails within the bounds is the memory, which is mapped for this hash and
  // unmapped behind it, so that nothing of it stays.
  if (crypto_pwhash_argon2id(reinterpret_cast<unsigned char*>(tag.data()), tag.size(),
                             start_of(password), password.size(),
                             reinterpret_cast<const unsigned char*>(form.salt.data()),
                             form.cost.passes, std::size_t{form.cost.memory} * 1024,
                             crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();
  }
  return tag;
}

std::string tag_by_libargon2(const Argon2Form& form, std::string_view password) {
  std::string tag(form.tag.size(), '\0');
  argon2_context context{};
  context.out = reinterpret_cast<std::uint8_t*>(tag.data());
  context.outlen = static_cast<std::uint32_t>(tag.size());
  context.pwd = as_bytes(password);
  context.pwdlen = static_cast<std::uint32_t>(password.size());
  context.salt = as_bytes(form.salt);
  context.saltlen = static_cast<std::uint32_t>(form.salt.size());
  context.t_cost = form.cost.passes;
  context.m_cost = form.cost.memory;
  context.lanes = form.cost.lanes;
  // Lanes one after the other on this thread, for the gate counts on a processor for each hash.
  context.threads = 1;
  context.version = form.version;
  context.allocate_cbk = map_blocks;
  context.free_cbk = unmap_blocks;
  context.flags = ARGON2_DEFAULT_FLAGS;
  const int result = argon2_ctx(&context, form.variant == Argon2Variant::Id ? Argon2_id : Argon2_i);
  if (result == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  if (result != ARGON2_OK) throw std::invalid_argument(argon2_error_message(result));
  return tag;
}

}  // namespace detail

std::string argon2_tag(const Argon2Form& form, std::string_view password) {
  return detail::fits_sodium(form) ? detail::tag_by_sodium(form, password)
                                   : detail::tag_by_libargon2(form, password);
}

bool fits(const Argon2Form& form, std::string_view password) {
  return equal_secrets(argon2_tag(form, password), form.tag);
}

}  // namespace portico::auth

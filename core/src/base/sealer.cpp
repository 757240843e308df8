// SPDX-License-Identifier: Apache-2.0
#include "base/sealer.h"

#include "base/base64url.h"
#include "base/random.h"

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <vector>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

namespace portico::base {
namespace {

constexpr unsigned char Form = 0x10;
constexpr std::size_t NonceSize = 12;
constexpr std::size_t TagSize = 16;
constexpr std::size_t HeadSize = 1 + NonceSize;
/// OpenSSL counts in int.
constexpr std::size_t MostBytes = std::size_t{1} << 30U;

using Bytes = std::span<const unsigned char>;

[[nodiscard]] Bytes bytes_of(std::string_view text) noexcept {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL's bytes are unsigned.
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

[[noreturn]] void fail() {
  ERR_clear_error();
  throw std::runtime_error("OpenSSL cannot use the keys of sealed texts");
}

/// Of one purpose; forgotten when it goes.
struct Key {
  Key(const Digest& root, std::string_view purpose) {
    if (!derive_key(root, "seal " + std::string(purpose), bytes)) fail();
  }
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  ~Key() { OPENSSL_cleanse(bytes.data(), bytes.size()); }
  Digest bytes{};
};

enum class Way : int { Open = 0, Seal = 1 };

/// AES-256-GCM over one text.
class Gcm {
 public:
  Gcm(Way way, const Key& key, Bytes nonce, unsigned char form, std::string_view purpose)
      : context_(EVP_CIPHER_CTX_new()) {
    const int seals = static_cast<int>(way);
    if (EVP_CipherInit_ex2(context_.get(), EVP_aes_256_gcm(), key.bytes.data(), nonce.data(), seals,
                           nullptr) != 1) {
      fail();
    }
    update(nullptr, {&form, 1});
    update(nullptr, bytes_of(purpose));
  }

  void update(unsigned char* out, Bytes in) {
    int size = 0;
    if (EVP_CipherUpdate(context_.get(), out, &size, in.data(), static_cast<int>(in.size())) != 1) {
      fail();
    }
  }
  /// False where the text was changed.
  [[nodiscard]] bool finish() {
    int size = 0;
    std::array<unsigned char, TagSize> rest;
    const bool fine = EVP_CipherFinal_ex(context_.get(), rest.data(), &size) == 1;
    ERR_clear_error();
    return fine;
  }
  void control(int what, unsigned char* tag) {
    if (EVP_CIPHER_CTX_ctrl(context_.get(), what, TagSize, tag) != 1) fail();
  }

 private:
  struct Free {
    void operator()(EVP_CIPHER_CTX* context) const noexcept { EVP_CIPHER_CTX_free(context); }
  };
  std::unique_ptr<EVP_CIPHER_CTX, Free> context_;
};

}  // namespace

Sealer::~Sealer() { OPENSSL_cleanse(root_.data(), root_.size()); }

const Digest& Sealer::root() {
  std::call_once(made_, [this] {
    std::string secret = secret_();
    const bool derived = derive_key(bytes_of(secret), "portico plugins", root_);
    OPENSSL_cleanse(secret.data(), secret.size());
    if (!derived) fail();
  });
  return root_;
}

void Sealer::derive(std::string_view purpose, std::span<unsigned char> out) {
  if (!derive_key(root(), "key " + std::string(purpose), out)) fail();
}

std::string Sealer::seal(std::string_view purpose, std::string_view plain) {
  if (plain.size() > MostBytes) throw std::length_error("a text is too long to be sealed");
  const Key key(root(), purpose);
  std::vector<unsigned char> sealed(HeadSize + plain.size() + TagSize);
  sealed[0] = Form;
  const std::span<unsigned char> nonce(sealed.data() + 1, NonceSize);
  fill_random(std::as_writable_bytes(nonce));
  Gcm gcm(Way::Seal, key, nonce, Form, purpose);
  gcm.update(sealed.data() + HeadSize, bytes_of(plain));
  if (!gcm.finish()) fail();
  gcm.control(EVP_CTRL_AEAD_GET_TAG, sealed.data() + HeadSize + plain.size());
  return base64url(sealed);
}

std::optional<std::string> Sealer::unseal(std::string_view purpose, std::string_view sealed) {
  std::optional<std::string> read = read_base64url(sealed);
  if (!read || read->size() < HeadSize + TagSize || read->size() > MostBytes) return std::nullopt;
  const Bytes bytes = bytes_of(*read);
  if (bytes[0] != Form) return std::nullopt;
  const Key key(root(), purpose);
  Gcm gcm(Way::Open, key, bytes.subspan(1, NonceSize), Form, purpose);
  const Bytes text = bytes.subspan(HeadSize, bytes.size() - HeadSize - TagSize);
  std::array<unsigned char, TagSize> tag;
  std::copy(bytes.end() - TagSize, bytes.end(), tag.begin());
  std::vector<unsigned char> plain(text.size());
  gcm.update(plain.data(), text);
  gcm.control(EVP_CTRL_AEAD_SET_TAG, tag.data());
  if (!gcm.finish()) return std::nullopt;
  return std::string(plain.begin(), plain.end());
}

}  // namespace portico::base

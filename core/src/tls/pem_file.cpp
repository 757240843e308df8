// SPDX-License-Identifier: Apache-2.0
#include "tls/pem_file.h"

#include "config/bounded_file.h"

#include <string_view>
#include <utility>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace portico::tls {

namespace {

constexpr std::size_t MostBytes = 1ULL << 20U;

BioHandle over(std::string_view text) {
  return BioHandle(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// A DER file begins with a sequence.
bool looks_binary(std::string_view text) { return text.starts_with("\x30\x82"); }

/// Whether the reader of certificates stopped because there is no more, not because something is
/// damaged.
bool at_end() {
  const unsigned long error = ERR_peek_last_error();
  const bool end =
      ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
  clear_errors();
  return end;
}

/// Asked for a password, notes it and has none: nobody sits at a server's terminal.
int no_password(char* /*into*/, int /*room*/, int /*writing*/, void* asked) noexcept {
  *static_cast<bool*>(asked) = true;
  return -1;
}

Error no_certificates(std::string_view text) {
  if (looks_binary(text)) {
    return Error("not PEM but DER; convert it with: openssl x509 -inform DER -in FILE -out NEW");
  }
  if (text.find("PRIVATE KEY-----") != text.npos) {
    return Error("there is a key in it but no certificate; are the two files swapped?");
  }
  return Error("there is no PEM certificate in it; it should have -----BEGIN CERTIFICATE-----");
}

Error no_key(std::string_view text) {
  if (looks_binary(text)) {
    return Error("not PEM but DER; convert it with: openssl pkey -inform DER -in FILE -out NEW");
  }
  if (text.find("BEGIN CERTIFICATE-----") != text.npos) {
    return Error("there is a certificate in it but no key; are the two files swapped?");
  }
  return Error("there is no PEM key in it; it should have -----BEGIN PRIVATE KEY-----");
}

}  // namespace

Result<std::string> read_text(const std::string& path) {
  config::BoundedFile file = config::read_bounded(path, MostBytes);
  if (file.outcome != config::BoundedFile::Outcome::Read) return Error(file.reason("1 MiB"));
  return std::move(file.text);
}

Result<std::vector<CertificateHandle>> read_certificates(const std::string& path) {
  const Result<std::string> text = read_text(path);
  if (!text) return Error(text.error());
  const BioHandle bio = over(*text);
  std::vector<CertificateHandle> certificates;
  while (X509* next = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
    certificates.emplace_back(next);
  }
  if (!at_end()) {
    return Error("certificate " + std::to_string(certificates.size() + 1) +
                 " of it is damaged; copy the file again");
  }
  if (certificates.empty()) return no_certificates(*text);
  return certificates;
}

Result<KeyHandle> read_key(const std::string& path) {
  Result<std::string> text = read_text(path);
  if (!text) return Error(text.error());
  bool encrypted = false;
  KeyHandle key(PEM_read_bio_PrivateKey(over(*text).get(), nullptr, no_password, &encrypted));
  clear_errors();
  const bool absent = text->find("PRIVATE KEY-----") == text->npos;
  const Error none = no_key(*text);
  OPENSSL_cleanse(text->data(), text->size());
  if (key) return key;
  if (encrypted) {
    return Error("the key is encrypted; decrypt it with: openssl pkey -in FILE -out NEW");
  }
  if (absent) return none;
  return Error("the key in it is damaged, or of a kind that OpenSSL does not know");
}

}  // namespace portico::tls

// SPDX-License-Identifier: Apache-2.0
#include "unit/tls/certificates.h"

#include "base/random.h"

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string_view>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace portico::tls {

namespace {

void check(bool done) {
  if (!done) throw std::runtime_error(take_error());
}

KeyHandle make_key(std::string_view kind) {
  KeyHandle key(kind == "EC"        ? EVP_EC_gen("P-256")
                : kind == "RSA1024" ? EVP_RSA_gen(1024)
                                    : EVP_RSA_gen(2048));
  check(key != nullptr);
  return key;
}

void add_extension(X509& certificate, int kind, const std::string& value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, &certificate, &certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> extension(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  check(extension && X509_add_ext(&certificate, extension.get(), -1) == 1);
}

void add_extensions(X509& certificate, const Wanted& wanted) {
  if (wanted.authority) add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
  std::string names;
  for (const std::string& name : wanted.names) names += (names.empty() ? "" : ",") + name;
  if (!names.empty()) add_extension(certificate, NID_subject_alt_name, names);
}

void set_serial(X509& certificate) {
  std::uint32_t number = 0;
  base::fill_random(std::as_writable_bytes(std::span(&number, 1)));
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(&certificate), number);
}

std::string contents(BIO* bio) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio, &text);
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace

Certified certify(const Wanted& wanted, const Certified* signer) {
  Certified made{CertificateHandle(X509_new()), make_key(wanted.kind)};
  X509* certificate = made.certificate.get();
  check(certificate != nullptr && X509_set_version(certificate, X509_VERSION_3) == 1);
  set_serial(*certificate);
  X509_gmtime_adj(X509_getm_notBefore(certificate), wanted.begins);
  X509_gmtime_adj(X509_getm_notAfter(certificate), wanted.ends);
  X509_NAME* subject = X509_get_subject_name(certificate);
  const auto* name = reinterpret_cast<const unsigned char*>(wanted.subject.c_str());
  check(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, name, -1, -1, 0) == 1);
  check(X509_set_pubkey(certificate, made.key.get()) == 1);
  const Certified& by = signer == nullptr ? made : *signer;
  check(X509_set_issuer_name(certificate, X509_get_subject_name(by.certificate.get())) == 1);
  add_extensions(*certificate, wanted);
  check(X509_sign(certificate, by.key.get(), EVP_sha256()) > 0);
  return made;
}

std::string Certified::certificate_pem() const {
  const BioHandle out(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_X509(out.get(), certificate.get()) == 1);
  return contents(out.get());
}

std::string Certified::key_pem() const {
  const BioHandle out(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return contents(out.get());
}

std::string Certified::encrypted_key_pem() const {
  const BioHandle out(BIO_new(BIO_s_mem()));
  unsigned char password[] = "open";
  check(PEM_write_bio_PrivateKey(out.get(), key.get(), EVP_aes_128_cbc(), password, 4, nullptr,
                                 nullptr) == 1);
  return contents(out.get());
}

}  // namespace portico::tls

// SPDX-License-Identifier: Apache-2.0
#include "smtp/certificates.h"

#include <cstdio>
#include <stdexcept>

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace portico::notify::test {
namespace {

void require(bool holds) {
  if (!holds) throw std::runtime_error("OpenSSL makes no certificate");
}

void extend(X509* subject, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, subject, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  require(extension != nullptr && X509_add_ext(subject, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

Certificate unsigned_for(const char* common_name, long serial) {
  Certificate made;
  made.key.reset(EVP_EC_gen("P-256"));
  made.x509.reset(X509_new());
  X509* const x509 = made.x509.get();
  require(made.key && x509 != nullptr);
  X509_set_version(x509, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), serial);
  X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
  X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
  X509_set_pubkey(x509, made.key.get());
  const void* const name = common_name;
  X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_ASC,
                             static_cast<const unsigned char*>(name), -1, -1, 0);
  return made;
}

void sign(X509* subject, const Certificate& issuer) {
  X509_set_issuer_name(subject, X509_get_subject_name(issuer.x509.get()));
  require(X509_sign(subject, issuer.key.get(), EVP_sha256()) > 0);
}

std::string written(const Certificate& certificate) {
  std::string path = "/tmp/portico-authority-XXXXXX";
  const int descriptor = ::mkstemp(path.data());
  require(descriptor >= 0);
  std::FILE* const file = ::fdopen(descriptor, "w");
  require(PEM_write_X509(file, certificate.x509.get()) == 1);
  std::fclose(file);
  return path;
}

}  // namespace

Authority::Authority() : own_(unsigned_for("authority of a test", 1)) {
  extend(own_.x509.get(), own_.x509.get(), NID_basic_constraints, "critical,CA:TRUE");
  sign(own_.x509.get(), own_);
  file_ = written(own_);
}

Authority::~Authority() { ::unlink(file_.c_str()); }

std::shared_ptr<const Certificate> Authority::issue(const std::string& name) const {
  Certificate made = unsigned_for("server of a test", 2);
  extend(made.x509.get(), own_.x509.get(), NID_subject_alt_name, name);
  sign(made.x509.get(), own_);
  return std::make_shared<const Certificate>(std::move(made));
}

}  // namespace portico::notify::test

// SPDX-License-Identifier: Apache-2.0
// OpenSSL's objects as owners that free them, and its error queue as a value.
#pragma once

#include <memory>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace portico::tls {

template <auto Function>
struct Freed {
  template <class T>
  void operator()(T* object) const noexcept {
    Function(object);
  }
};

using CertificateHandle = std::unique_ptr<X509, Freed<X509_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using ContextHandle = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;
using BioHandle = std::unique_ptr<BIO, Freed<BIO_free>>;

/// Empties the thread's error queue. Most calls find it empty.
void clear_errors() noexcept;
/// The reason of the newest error, and the queue is empty. A static text.
[[nodiscard]] const char* take_error() noexcept;

}  // namespace portico::tls

// SPDX-License-Identifier: Apache-2.0
// An authority of a test's own, and certificates of it.
#pragma once

#include <memory>
#include <string>

#include <openssl/evp.h>
#include <openssl/x509.h>

namespace portico::notify::test {

template <auto Release>
struct ReleasedBy {
  template <class Handle>
  void operator()(Handle* handle) const noexcept {
    Release(handle);
  }
};

struct Certificate {
  std::unique_ptr<EVP_PKEY, ReleasedBy<&EVP_PKEY_free>> key;
  std::unique_ptr<X509, ReleasedBy<&X509_free>> x509;
};

class Authority {
 public:
  Authority();
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;
  ~Authority();

  /// For a server of that name: "DNS:mail.example", "IP:127.0.0.1".
  [[nodiscard]] std::shared_ptr<const Certificate> issue(const std::string& name) const;
  /// PEM, while the authority lives.
  [[nodiscard]] const std::string& file() const noexcept { return file_; }

 private:
  Certificate own_;
  std::string file_;
};

}  // namespace portico::notify::test

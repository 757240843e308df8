// SPDX-License-Identifier: Apache-2.0
#include "tls/credentials.h"

#include "tls/certificate_facts.h"
#include "tls/pem_file.h"

#include <algorithm>
#include <ctime>
#include <utility>

#include <openssl/x509v3.h>
#include <sys/stat.h>

namespace portico::tls {

namespace {

using Severity = Finding::Severity;
using Role = Finding::Role;

/// What the security level of OpenSSL's that we serve at demands.
constexpr int LeastSecurityBits = 112;

void free_stack(STACK_OF(X509) * certificates) noexcept { sk_X509_free(certificates); }

std::string of(std::size_t number, std::string_view path) {
  return "certificate " + std::to_string(number + 1) + " of " + std::string(path);
}

class Reader {
 public:
  Reader(const ContextOptions& options, std::chrono::microseconds now)
      : options_(options), now_(std::chrono::floor<std::chrono::seconds>(now).count()) {}

  Credentials run() {
    for (pair_ = 0; pair_ < options_.certificates.size(); ++pair_) {
      read_pair(options_.certificates[pair_]);
    }
    pair_ = 0;
    if (options_.client_auth != ClientAuth::Off) read_authorities();
    return std::move(credentials_);
  }

 private:
  void add(Severity severity, Role role, std::string what, std::string remedy) {
    credentials_.findings.push_back({severity, role, pair_, std::move(what), std::move(remedy)});
  }
  void error(Role role, std::string what, std::string remedy) {
    failed_ = true;
    add(Severity::Error, role, std::move(what), std::move(remedy));
  }
  void warning(Role role, std::string what, std::string remedy) {
    add(Severity::Warning, role, std::move(what), std::move(remedy));
  }
  /// An error as `pem_file.h` writes it.
  void unread(Role role, const std::string& path, const std::string& sentence) {
    const std::size_t end = sentence.find("; ");
    error(role, path + ": " + sentence.substr(0, end),
          end == sentence.npos ? std::string() : sentence.substr(end + 2));
  }

  void read_pair(const KeyPair& files);
  void read_authorities();
  bool check_match(const KeyPair& files, const std::vector<CertificateHandle>& certificates,
                   EVP_PKEY* key);
  void check_chain(const std::string& path, const std::vector<CertificateHandle>& certificates);
  void check_dates(Role role, const std::string& path, std::size_t number, const X509& certificate);
  void check_permissions(const std::string& path);

  const ContextOptions& options_;
  const std::time_t now_;
  Credentials credentials_;
  std::size_t pair_ = 0;
  bool failed_ = false;  // This pair.
};

void Reader::read_pair(const KeyPair& files) {
  failed_ = false;
  auto certificates = read_certificates(files.certificate);
  if (!certificates) unread(Role::Certificate, files.certificate, certificates.error());
  auto key = read_key(files.key);
  if (!key) unread(Role::Key, files.key, key.error());
  if (key) check_permissions(files.key);
  if (certificates) {
    for (std::size_t i = 0; i < certificates->size(); ++i) {
      check_dates(Role::Certificate, files.certificate, i, *(*certificates)[i]);
    }
  }
  // Whether the chain is in order says nothing where its first certificate is the wrong one.
  if (!certificates || !key || !check_match(files, *certificates, key->get())) return;
  check_chain(files.certificate, *certificates);
  Identity identity;
  identity.certificate = std::move(certificates->front());
  identity.key = *std::move(key);
  identity.hosts = host_names(*identity.certificate);
  if (pair_ != 0 && identity.hosts.empty()) {
    warning(Role::Certificate, files.certificate + ": it names no host, so no client is shown it",
            "put it first, or leave it out");
  }
  certificates->erase(certificates->begin());
  identity.chain = *std::move(certificates);
  if (!failed_) credentials_.identities.push_back(std::move(identity));
}

bool Reader::check_match(const KeyPair& files, const std::vector<CertificateHandle>& certificates,
                         EVP_PKEY* key) {
  const auto match = std::ranges::find_if(certificates, [key](const CertificateHandle& one) {
    return X509_check_private_key(one.get(), key) == 1;
  });
  clear_errors();
  if (match == certificates.end()) {
    error(Role::Key,
          files.key + ": the key does not belong to the certificate " + files.certificate,
          "name the key that the certificate was requested with");
  } else if (match != certificates.begin()) {
    const auto number = static_cast<std::size_t>(match - certificates.begin());
    error(Role::Certificate,
          "the chain is out of order: the key belongs to " + of(number, files.certificate),
          "put that one first, then who signed it, and so on");
  } else if (EVP_PKEY_get_security_bits(key) < LeastSecurityBits) {
    error(Role::Key, files.key + ": the key is too weak", "use ECDSA P-256 or RSA with 2048 bits");
  } else {
    return true;
  }
  return false;
}

void Reader::check_chain(const std::string& path,
                         const std::vector<CertificateHandle>& certificates) {
  for (std::size_t i = 1; i < certificates.size(); ++i) {
    const int verdict = X509_check_issued(certificates[i].get(), certificates[i - 1].get());
    clear_errors();
    if (verdict == X509_V_OK) continue;
    error(Role::Certificate,
          "the chain is out of order: " + of(i, path) + " did not sign the one before it",
          "put the server's certificate first, then who signed it, and so on");
    return;
  }
}

void Reader::check_dates(Role role, const std::string& path, std::size_t number,
                         const X509& certificate) {
  const ASN1_TIME* begin = X509_get0_notBefore(&certificate);
  const ASN1_TIME* end = X509_get0_notAfter(&certificate);
  std::time_t now = now_;
  if (X509_cmp_time(begin, &now) > 0) {
    error(role, of(number, path) + " is not valid before " + date_text(begin),
          "wait until then, or set the machine's clock");
  } else if (X509_cmp_time(end, &now) <= 0) {
    warning(role, of(number, path) + " expired at " + date_text(end), "renew it");
  }
  clear_errors();
}

void Reader::check_permissions(const std::string& path) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0 || (status.st_mode & S_IRWXO) == 0) return;
  warning(Role::Key, path + ": every user of this machine may read or change the key",
          "chmod o= " + path);
}

void Reader::read_authorities() {
  const std::string& path = options_.client_ca;
  auto authorities = read_certificates(path);
  if (!authorities) {
    unread(Role::ClientCa, path, authorities.error());
    return;
  }
  for (std::size_t i = 0; i < authorities->size(); ++i) {
    X509* authority = (*authorities)[i].get();
    check_dates(Role::ClientCa, path, i, *authority);
    if (X509_check_ca(authority) != 0) continue;
    error(Role::ClientCa, of(i, path) + " is not an authority's",
          "name the certificate that signs the clients', not theirs");
  }
  clear_errors();
  credentials_.authorities = *std::move(authorities);
}

}  // namespace

bool Credentials::usable() const noexcept {
  return std::ranges::none_of(
      findings, [](const Finding& finding) { return finding.severity == Severity::Error; });
}

std::string Credentials::faults() const {
  std::string lines;
  for (const Finding& finding : findings) {
    if (finding.severity != Severity::Error) continue;
    if (!lines.empty()) lines += '\n';
    lines += finding.what;
    if (!finding.remedy.empty()) lines += "; " + finding.remedy;
  }
  return lines;
}

bool use_identity(SSL_CTX& context, const Identity& identity) {
  const std::unique_ptr<STACK_OF(X509), Freed<free_stack>> chain(sk_X509_new_null());
  if (!chain) return false;
  for (const CertificateHandle& link : identity.chain) {
    if (sk_X509_push(chain.get(), link.get()) == 0) return false;
  }
  constexpr int Override = 1;
  return SSL_CTX_use_cert_and_key(&context, identity.certificate.get(), identity.key.get(),
                                  chain.get(), Override) == 1;
}

Credentials read_credentials(const ContextOptions& options, std::chrono::microseconds now) {
  return Reader(options, now).run();
}

}  // namespace portico::tls

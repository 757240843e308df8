// SPDX-License-Identifier: Apache-2.0
#include "tls/credentials.h"

#include "unit/tls/client.h"

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <openssl/err.h>

namespace portico::tls {
namespace {

/// "error key 0: what; remedy" for each finding.
std::vector<std::string> findings(const ContextOptions& options) {
  const Credentials read = read_credentials(options, base::system_clock().unix_time());
  std::vector<std::string> lines;
  bool errors = false;
  for (const Finding& finding : read.findings) {
    const bool error = finding.severity == Finding::Severity::Error;
    errors = errors || error;
    std::string line = error ? "error " : "warning ";
    line += finding.role == Finding::Role::Key           ? "key "
            : finding.role == Finding::Role::Certificate ? "certificate "
                                                         : "client_ca ";
    line += std::to_string(finding.pair) + ": " + finding.what;
    if (!finding.remedy.empty()) line += "; " + finding.remedy;
    lines.push_back(std::move(line));
  }
  EXPECT_EQ(read.usable(), !errors);
  EXPECT_EQ(ERR_peek_error(), 0UL);
  return lines;
}

std::vector<std::string> findings(const KeyPair& files) {
  return findings(ContextOptions{.certificates = {files}});
}

using Lines = std::vector<std::string>;

TEST(TlsCredentials, TakesAGoodPair) {
  const Wallet wallet;
  EXPECT_EQ(findings(wallet.store("good", certify({.names = {"DNS:a.example"}}))), Lines());
}

TEST(TlsCredentials, TakesBothFromOneFile) {
  const Wallet wallet;
  const Certified both = certify({});
  const KeyPair files = wallet.store("both", both);
  wallet.folder().write("both.key", both.key_pem() + both.certificate_pem());
  EXPECT_EQ(findings({files.key, files.key}), Lines());
}

TEST(TlsCredentials, NamesWhatIsNotThere) {
  EXPECT_EQ(findings({"/nowhere/c.pem", "/nowhere/k.pem"}),
            (Lines{"error certificate 0: /nowhere/c.pem: no such file",
                   "error key 0: /nowhere/k.pem: no such file"}));
  EXPECT_EQ(findings({"/tmp", "/dev/zero"}), (Lines{"error certificate 0: /tmp: not a regular file",
                                                    "error key 0: /dev/zero: not a regular file"}));
}

TEST(TlsCredentials, NoticesSwappedFiles) {
  const Wallet wallet;
  const KeyPair files = wallet.store("good", certify({}));
  EXPECT_EQ(findings({files.key, files.certificate}),
            (Lines{"error certificate 0: " + files.key +
                       ": there is a key in it but no certificate; are the two files swapped?",
                   "error key 0: " + files.certificate +
                       ": there is a certificate in it but no key; are the two files swapped?"}));
}

TEST(TlsCredentials, RefusesWhatIsNoPem) {
  const Wallet wallet;
  const std::string empty = wallet.folder().write("empty", "");
  const std::string binary = wallet.folder().write("binary", "\x30\x82\x01\x02 and so on");
  const std::string damaged =
      wallet.folder().write("damaged",
                            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
                            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
  std::filesystem::permissions(wallet.folder().path("damaged"), std::filesystem::perms::owner_read);
  EXPECT_EQ(findings({empty, empty}),
            (Lines{"error certificate 0: " + empty +
                       ": there is no PEM certificate in it; it should have -----BEGIN "
                       "CERTIFICATE-----",
                   "error key 0: " + empty +
                       ": there is no PEM key in it; it should have -----BEGIN PRIVATE KEY-----"}));
  EXPECT_EQ(findings({binary, binary})[0],
            "error certificate 0: " + binary +
                ": not PEM but DER; convert it with: openssl x509 -inform DER -in FILE -out NEW");
  EXPECT_EQ(findings({damaged, damaged}),
            (Lines{"error certificate 0: " + damaged +
                       ": certificate 1 of it is damaged; copy the file again",
                   "error key 0: " + damaged +
                       ": the key in it is damaged, or of a kind that OpenSSL does not know"}));
}

TEST(TlsCredentials, RefusesAnEncryptedKey) {
  const Wallet wallet;
  const Certified locked = certify({});
  const KeyPair files = wallet.store("locked", locked);
  wallet.folder().write("locked.key", locked.encrypted_key_pem());
  EXPECT_EQ(findings(files),
            Lines{"error key 0: " + files.key +
                  ": the key is encrypted; decrypt it with: openssl pkey -in FILE -out NEW"});
}

TEST(TlsCredentials, RefusesAnothersKey) {
  const Wallet wallet;
  const KeyPair one = wallet.store("one", certify({}));
  const KeyPair two = wallet.store("two", certify({.kind = "RSA"}));
  ContextOptions options;
  options.certificates = {one, {one.certificate, two.key}};
  EXPECT_EQ(findings(options),
            Lines{"error key 1: " + two.key + ": the key does not belong to the certificate " +
                  one.certificate + "; name the key that the certificate was requested with"});
}

TEST(TlsCredentials, RefusesAChainOutOfOrder) {
  const Wallet wallet;
  const Certified root = certify({.subject = "root", .authority = true});
  const Certified middle = certify({.subject = "middle", .authority = true}, &root);
  const Certified leaf = certify({.subject = "leaf"}, &middle);
  const KeyPair files = wallet.store("leaf", leaf);
  const auto chain = [&](const std::string& text) {
    wallet.folder().write("leaf.crt", text);
    return findings(files);
  };
  const std::string leaf_pem = leaf.certificate_pem();
  const std::string middle_pem = middle.certificate_pem();
  EXPECT_EQ(chain(leaf_pem + middle_pem + root.certificate_pem()), Lines());
  EXPECT_EQ(chain(middle_pem + leaf_pem),
            Lines{"error certificate 0: the chain is out of order: the key belongs to certificate "
                  "2 of " +
                  files.certificate + "; put that one first, then who signed it, and so on"});
  EXPECT_EQ(chain(leaf_pem + root.certificate_pem() + middle_pem),
            Lines{"error certificate 0: the chain is out of order: certificate 2 of " +
                  files.certificate +
                  " did not sign the one before it; put the server's certificate first, then who "
                  "signed it, and so on"});
}

TEST(TlsCredentials, LooksAtTheCalendar) {
  const Wallet wallet;
  const auto late = findings(wallet.store("late", certify({.begins = -7200, .ends = -3600})));
  ASSERT_EQ(late.size(), 1U);
  EXPECT_TRUE(late[0].starts_with("warning certificate 0: certificate 1 of ")) << late[0];
  EXPECT_NE(late[0].find(" expired at 20"), std::string::npos) << late[0];
  EXPECT_TRUE(late[0].ends_with(" UTC; renew it")) << late[0];
  const auto early = findings(wallet.store("early", certify({.begins = 3600})));
  ASSERT_EQ(early.size(), 1U);
  EXPECT_TRUE(early[0].starts_with("error certificate 0: certificate 1 of ")) << early[0];
  EXPECT_NE(early[0].find(" is not valid before 20"), std::string::npos) << early[0];
}

TEST(TlsCredentials, WarnsOfAKeyThatOthersRead) {
  const Wallet wallet;
  const KeyPair files = wallet.store("open", certify({}));
  std::filesystem::permissions(files.key, std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  EXPECT_EQ(findings(files), Lines{"warning key 0: " + files.key +
                                   ": every user of this machine may read or change the key; "
                                   "chmod o= " +
                                   files.key});
}

TEST(TlsCredentials, RefusesAWeakKey) {
  const Wallet wallet;
  const KeyPair files = wallet.store("weak", certify({.kind = "RSA1024"}));
  EXPECT_EQ(findings(files), Lines{"error key 0: " + files.key +
                                   ": the key is too weak; use ECDSA P-256 or RSA with 2048 bits"});
}

TEST(TlsCredentials, WarnsOfACertificateThatNobodyIsShown) {
  const Wallet wallet;
  ContextOptions options;
  options.certificates = {wallet.store("front", certify({})),
                          wallet.store("nobody", certify({.names = {"IP:10.0.0.1"}}))};
  EXPECT_EQ(findings(options),
            Lines{"warning certificate 1: " + options.certificates[1].certificate +
                  ": it names no host, so no client is shown it; put it first, "
                  "or leave it out"});
}

TEST(TlsCredentials, WantsAuthoritiesForClients) {
  const Wallet wallet;
  ContextOptions options;
  options.certificates = {wallet.store("server", certify({}))};
  options.client_ca =
      wallet.store("user", certify({.subject = "user", .names = {"DNS:user"}})).certificate;
  EXPECT_EQ(findings(options), Lines()) << "nobody is asked";
  options.client_auth = ClientAuth::Optional;
  EXPECT_EQ(findings(options), Lines{"error client_ca 0: certificate 1 of " + options.client_ca +
                                     " is not an authority's; name the certificate that signs the "
                                     "clients', not theirs"});
  options.client_ca = "/nowhere/ca.pem";
  EXPECT_EQ(findings(options), Lines{"error client_ca 0: /nowhere/ca.pem: no such file"});
}

}  // namespace
}  // namespace portico::tls

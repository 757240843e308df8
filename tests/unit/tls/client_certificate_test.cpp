// SPDX-License-Identifier: Apache-2.0
// Clients that show certificates.
#include "tls/client_certificate.h"

#include "unit/tls/client.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::tls {
namespace {

class TlsClients : public testing::TestWithParam<int> {
 protected:
  TlsClients() {
    options_.certificates = {wallet_.store("server", certify({}))};
    options_.client_ca = wallet_.store("ca", authority_).certificate;
    options_.client_auth = ClientAuth::Required;
  }

  struct Visit {
    Io io = Io::Broken;
    std::string fault;
    std::string subject;
  };

  /// Who comes with `certificate`, or without.
  Visit visit(const Certified* certificate) {
    auto made = Context::make(options_);
    if (!made) throw std::runtime_error(made.error());
    const Line line;
    Session session = (*made)->accept(line.near());
    Client client(line, {.least = GetParam(), .most = GetParam(), .certificate = certificate});
    Visit seen;
    seen.io = client.meet(session);
    seen.fault = session.fault();
    const ClientCertificate* who = session.client();
    if (who != nullptr) seen.subject = who->subject;
    return seen;
  }

  Wallet wallet_;
  Certified authority_ = certify({.subject = "ca", .authority = true});
  ContextOptions options_;
};

TEST_P(TlsClients, AreKnownByTheirCertificate) {
  const Certified ann = certify({.subject = "ann"}, &authority_);
  const Visit seen = visit(&ann);
  EXPECT_EQ(seen.io, Io::Done) << seen.fault;
  EXPECT_EQ(seen.subject, "CN=ann");
}

TEST_P(TlsClients, AreRefusedWithoutOne) {
  const Visit seen = visit(nullptr);
  EXPECT_EQ(seen.io, Io::Broken);
  EXPECT_EQ(seen.fault, "peer did not return a certificate");
}

TEST_P(TlsClients, NeedNoneWhereItIsOptional) {
  options_.client_auth = ClientAuth::Optional;
  const Visit seen = visit(nullptr);
  EXPECT_EQ(seen.io, Io::Done) << seen.fault;
  EXPECT_EQ(seen.subject, "");
  const Certified ann = certify({.subject = "ann"}, &authority_);
  EXPECT_EQ(visit(&ann).subject, "CN=ann");
}

TEST_P(TlsClients, AreRefusedWithAnotherAuthoritys) {
  const Certified impostor = certify({.subject = "ca", .authority = true});
  const Certified eve = certify({.subject = "ann"}, &impostor);
  for (const ClientAuth mode : {ClientAuth::Required, ClientAuth::Optional}) {
    options_.client_auth = mode;
    const Visit seen = visit(&eve);
    EXPECT_EQ(seen.io, Io::Broken);
    EXPECT_EQ(seen.subject, "");
  }
  const Certified self = certify({.subject = "eve"});
  EXPECT_EQ(visit(&self).fault, "self-signed certificate");
}

TEST_P(TlsClients, AreRefusedWithAnExpiredOne) {
  const Certified late = certify({.subject = "late", .begins = -7200, .ends = -3600}, &authority_);
  const Visit seen = visit(&late);
  EXPECT_EQ(seen.io, Io::Broken);
  EXPECT_EQ(seen.fault, "certificate has expired");
}

TEST_P(TlsClients, AreNotAskedWhereItIsOff) {
  options_.client_auth = ClientAuth::Off;
  const Certified ann = certify({.subject = "ann"}, &authority_);
  const Visit seen = visit(&ann);
  EXPECT_EQ(seen.io, Io::Done) << seen.fault;
  EXPECT_EQ(seen.subject, "");
}

TEST_P(TlsClients, MayBeTrustedThroughAnIntermediate) {
  const Certified middle = certify({.subject = "middle", .authority = true}, &authority_);
  const Certified ann = certify({.subject = "ann"}, &middle);
  options_.client_ca = wallet_.store("middle", middle).certificate;
  EXPECT_EQ(visit(&ann).subject, "CN=ann");
}

INSTANTIATE_TEST_SUITE_P(Versions, TlsClients, testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
                         [](const auto& one) {
                           return std::string(one.param == TLS1_3_VERSION ? "Tls13" : "Tls12");
                         });

TEST(ClientCertificate, TellsItsFacts) {
  const Certified authority = certify({.subject = "ca", .authority = true});
  const Certified ann =
      certify({.subject = "Ann, \"Admin\"",
               .names = {"DNS:ann.example", "email:ann@a.example", "URI:spiffe://a.example/ann",
                         "IP:10.1.2.3", "IP:fd00::1", "otherName:1.2.3;UTF8:x"}},
              &authority);
  const ClientCertificate facts = ClientCertificate::of(*ann.certificate);
  EXPECT_EQ(facts.subject, "CN=Ann\\, \\\"Admin\\\"");
  EXPECT_EQ(facts.issuer, "CN=ca");
  EXPECT_EQ(facts.names,
            (std::vector<std::string>{"DNS:ann.example", "email:ann@a.example",
                                      "URI:spiffe://a.example/ann", "IP:10.1.2.3", "IP:fd00::1"}));
  EXPECT_EQ(facts.fingerprint.size(), 64U);
  EXPECT_TRUE(std::ranges::all_of(facts.fingerprint + facts.serial, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }));
  EXPECT_FALSE(facts.serial.empty());
}

}  // namespace
}  // namespace portico::tls

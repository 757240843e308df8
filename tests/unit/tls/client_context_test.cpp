// SPDX-License-Identifier: Apache-2.0
// The gateway as the client of a server behind it, against a session of our own server side.
#include "tls/client_context.h"

#include "tls/context.h"
#include "unit/tls/client.h"

#include <fstream>
#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <openssl/err.h>

namespace portico::tls {
namespace {

class TlsClientContext : public testing::Test {
 protected:
  TlsClientContext() {
    server_.certificates = {wallet_.store(
        "server", certify({.names = {"DNS:app.example", "IP:127.0.0.1"}}, &authority_))};
    server_.tickets =
        std::make_shared<const TicketKeys>("a secret of thirty-two characters", clock_);
    client_.ca = wallet_.store("authority", authority_).certificate;
  }
  ~TlsClientContext() override { EXPECT_EQ(ERR_peek_error(), 0UL); }

  /// Shakes hands with a server of its own each time; what the client says of it at the end.
  Io meet(const std::string& name) {
    auto client = ClientContext::make(client_);
    auto server = Context::make(server_);
    if (!client || !server) throw std::runtime_error(client ? server.error() : client.error());
    const Line line;
    near_ = (*client)->connect(line.near(), name, resumption_);
    far_ = (*server)->accept(line.far());
    Io said = Io::WantRead;
    for (int i = 0; i < 10 && (said == Io::WantRead || far_.handshake() != Io::Done); ++i) {
      said = near_.handshake();
      (void)far_.handshake();
    }
    if (said != Io::Done) return said;
    EXPECT_EQ(far_.write("welcome").io, Io::Done);
    EXPECT_EQ(hear(near_), "welcome");
    resumed_ = near_.resumed();
    known_ = far_.client() != nullptr;
    return said;
  }

  FakeClock clock_;
  Wallet wallet_;
  Certified authority_ = certify({.subject = "authority", .authority = true});
  ContextOptions server_;
  ClientContextOptions client_;
  Resumption resumption_;
  Session near_;
  Session far_;
  bool resumed_ = false;
  bool known_ = false;
};

TEST_F(TlsClientContext, BelievesACertificateOfItsAuthorityThatBearsTheName) {
  EXPECT_EQ(meet("app.example"), Io::Done) << near_.fault();
  EXPECT_EQ(far_.server_name(), "app.example");
  EXPECT_FALSE(known_);
}

TEST_F(TlsClientContext, BelievesAnAddressThatTheCertificateBears) {
  EXPECT_EQ(meet("127.0.0.1"), Io::Done) << near_.fault();
  EXPECT_EQ(far_.server_name(), "");
}

TEST_F(TlsClientContext, RefusesAnotherName) {
  EXPECT_EQ(meet("evil.example"), Io::Broken);
  EXPECT_EQ(near_.fault(), "hostname mismatch");
  EXPECT_EQ(meet("127.0.0.2"), Io::Broken);
  EXPECT_EQ(near_.fault(), "IP address mismatch");
}

TEST_F(TlsClientContext, RefusesAnotherAuthority) {
  const Certified other = certify({.subject = "other", .authority = true});
  client_.ca = wallet_.store("other", other).certificate;
  EXPECT_EQ(meet("app.example"), Io::Broken);
  EXPECT_EQ(near_.fault(), "unable to get local issuer certificate");
}

TEST_F(TlsClientContext, TrustsTheSystemsAuthoritiesAloneWithoutAFile) {
  client_.ca.clear();
  EXPECT_EQ(meet("app.example"), Io::Broken);
}

TEST_F(TlsClientContext, RefusesAnExpiredCertificate) {
  server_.certificates = {wallet_.store(
      "old", certify({.names = {"DNS:app.example"}, .begins = -200, .ends = -100}, &authority_))};
  EXPECT_EQ(meet("app.example"), Io::Broken);
  EXPECT_EQ(near_.fault(), "certificate has expired");
}

TEST_F(TlsClientContext, ShowsItsOwnCertificateToAServerThatAsks) {
  server_.client_ca = client_.ca;
  server_.client_auth = ClientAuth::Required;
  client_.own = wallet_.store("gateway", certify({.subject = "gateway"}, &authority_));
  EXPECT_EQ(meet("app.example"), Io::Done) << near_.fault();
  EXPECT_TRUE(known_);
}

TEST_F(TlsClientContext, TakesUpTheLastSession) {
  EXPECT_EQ(meet("app.example"), Io::Done);
  EXPECT_FALSE(resumed_);
  EXPECT_EQ(meet("app.example"), Io::Done);
  EXPECT_TRUE(resumed_);
}

TEST_F(TlsClientContext, NamesTheFileThatIsNoGood) {
  const auto made = ClientContext::make({.ca = "/nowhere/ca.pem"});
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().find("/nowhere/ca.pem: no such file"), std::string::npos) << made.error();
}

}  // namespace
}  // namespace portico::tls

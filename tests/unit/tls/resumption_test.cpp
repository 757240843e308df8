// SPDX-License-Identifier: Apache-2.0
// Session tickets, through real handshakes.
#include "tls/context.h"
#include "unit/tls/client.h"

#include <functional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace portico::tls {
namespace {

using namespace std::chrono_literals;
using Ticket = std::unique_ptr<SSL_SESSION, Freed<SSL_SESSION_free>>;

class TlsResumption : public testing::TestWithParam<int> {
 protected:
  TlsResumption() {
    options_.certificates = {wallet_.store("server", certify({.names = {"DNS:a.example"}}))};
    options_.tickets = tickets("a secret of thirty-two characters");
  }

  [[nodiscard]] std::shared_ptr<const TicketKeys> tickets(std::string_view secret) const {
    return std::make_shared<const TicketKeys>(secret, clock_);
  }

  struct Visit {
    Ticket ticket;
    bool resumed = false;
    bool known = false;  ///< By a certificate.
  };

  /// A connection to a context of its own, as after a restart or at another node.
  Visit visit(SSL_SESSION* ticket, const Certified* certificate = nullptr) {
    auto made = Context::make(options_);
    if (!made) throw std::runtime_error(made.error());
    const Line line;
    Session session = (*made)->accept(line.near());
    made->reset();  // A reload; the session lives on.
    Client client(line, {.name = "a.example",
                         .least = GetParam(),
                         .most = GetParam(),
                         .certificate = certificate,
                         .session = ticket});
    EXPECT_EQ(client.meet(session), Io::Done) << session.fault();
    EXPECT_EQ(session.write("x").io, Io::Done);
    EXPECT_EQ(client.hear(), "x");
    EXPECT_EQ(session.resumed(), SSL_session_reused(client.ssl()) == 1);
    return {client.ticket(), session.resumed(), session.client() != nullptr};
  }

  Wallet wallet_;
  FakeClock clock_;
  ContextOptions options_;
};

TEST_P(TlsResumption, WorksAcrossContextsOfOneSecret) {
  const Visit first = visit(nullptr);
  EXPECT_FALSE(first.resumed);
  options_.tickets = tickets("a secret of thirty-two characters");
  EXPECT_TRUE(visit(first.ticket.get()).resumed);
}

TEST_P(TlsResumption, FailsAcrossSecrets) {
  const Visit first = visit(nullptr);
  options_.tickets = tickets("another secret, as long as that..");
  const Visit second = visit(first.ticket.get());
  EXPECT_FALSE(second.resumed);
  EXPECT_TRUE(visit(second.ticket.get()).resumed);
}

TEST_P(TlsResumption, SurvivesOneRotationAndRenewsTheTicket) {
  const Visit first = visit(nullptr);
  clock_.time += 12h;
  const Visit second = visit(first.ticket.get());
  EXPECT_TRUE(second.resumed);
  clock_.time += 12h;
  EXPECT_FALSE(visit(first.ticket.get()).resumed);
  EXPECT_TRUE(visit(second.ticket.get()).resumed);
}

TEST_P(TlsResumption, IsOffWithoutKeys) {
  options_.tickets = nullptr;
  const Visit first = visit(nullptr);
  EXPECT_EQ(SSL_SESSION_has_ticket(first.ticket.get()), 0);
  EXPECT_FALSE(visit(first.ticket.get()).resumed);
}

TEST_P(TlsResumption, RefusesAForgedTicket) {
  const Visit first = visit(nullptr);
  const unsigned char* bytes = nullptr;
  std::size_t size = 0;
  SSL_SESSION_get0_ticket(first.ticket.get(), &bytes, &size);
  ASSERT_GT(size, 40U);
  const_cast<unsigned char*>(bytes)[size - 40] ^= 1U;
  EXPECT_FALSE(visit(first.ticket.get()).resumed);
}

TEST_P(TlsResumption, RemembersTheClientsCertificate) {
  const Certified authority = certify({.subject = "ca", .authority = true});
  const Certified ann = certify({.subject = "ann"}, &authority);
  options_.client_ca = wallet_.store("ca", authority).certificate;
  options_.client_auth = ClientAuth::Required;
  const Visit first = visit(nullptr, &ann);
  EXPECT_TRUE(first.known);
  const Visit second = visit(first.ticket.get());
  EXPECT_TRUE(second.resumed);
  EXPECT_TRUE(second.known);
}

TEST_P(TlsResumption, IsNoWayRoundAClientCertificate) {
  const Certified authority = certify({.subject = "ca", .authority = true});
  const Certified ann = certify({.subject = "ann"}, &authority);
  const Visit stranger = visit(nullptr);
  options_.client_ca = wallet_.store("ca", authority).certificate;
  options_.client_auth = ClientAuth::Required;
  EXPECT_FALSE(visit(stranger.ticket.get(), &ann).resumed);
}

TEST_P(TlsResumption, EndsWithTheAuthority) {
  const Certified old = certify({.subject = "ca", .authority = true});
  const Certified fresh = certify({.subject = "ca", .authority = true});
  const Certified ann = certify({.subject = "ann"}, &old);
  const Certified ben = certify({.subject = "ben"}, &fresh);
  options_.client_ca = wallet_.store("ca", old).certificate;
  options_.client_auth = ClientAuth::Required;
  const Visit first = visit(nullptr, &ann);
  wallet_.store("ca", fresh);
  EXPECT_FALSE(visit(first.ticket.get(), &ben).resumed);
}

INSTANTIATE_TEST_SUITE_P(Versions, TlsResumption, testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
                         [](const auto& one) {
                           return std::string(one.param == TLS1_3_VERSION ? "Tls13" : "Tls12");
                         });

}  // namespace
}  // namespace portico::tls

// SPDX-License-Identifier: Apache-2.0
// TLS by policy.
#include "smtp/encrypting.h"

#include <cstdlib>

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

TEST_F(SmtpTls, IsBegunAndTheServerAskedAnew) {
  const Dialog result = dialog_with(well_mannered(encrypting()), Tls::Required);
  EXPECT_EQ(result.outcome.kind, Kind::Sent) << result.outcome.said;
  EXPECT_EQ(result.heard,
            "EHLO client.example\r\nSTARTTLS\r\nEHLO client.example\r\n"
            "MAIL FROM:<bounces@a.example>\r\nRCPT TO:<ada@b.example>\r\nDATA\r\n"
            "Subject: x\r\n\r\nHi\r\n.\r\nQUIT\r\n");
}

TEST_F(SmtpTls, IsThereFromTheFirstByte) {
  Manners manners = encrypting();
  manners.implicit_tls = true;
  const Dialog result = dialog_with(well_mannered(manners), Tls::Implicit);
  EXPECT_EQ(result.outcome.kind, Kind::Sent) << result.outcome.said;
  EXPECT_EQ(result.heard.find("STARTTLS"), std::string::npos);
}

TEST_F(SmtpTls, IsKeptForTheNextMessage) {
  FakeServer server({well_mannered(encrypting())});
  SmtpPool pool(settings(server, Tls::Required), 1);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(send_one(pool).kind, Kind::Sent);
  EXPECT_EQ(server.connections(), 1U);
}

TEST_F(SmtpTls, IsTakenWhereItIsOffered) {
  const Dialog result = dialog_with(well_mannered(encrypting()), Tls::IfOffered);
  EXPECT_EQ(result.outcome.kind, Kind::Sent) << result.outcome.said;
  EXPECT_NE(result.heard.find("STARTTLS"), std::string::npos);
  EXPECT_EQ(dialog_with(well_mannered(Manners()), Tls::IfOffered).outcome.kind, Kind::Sent);
}

TEST_F(SmtpTls, IsLeftAloneWhereItIsNotWanted) {
  const Dialog result = dialog_with(well_mannered(encrypting()), Tls::Never);
  EXPECT_EQ(result.outcome.kind, Kind::Sent);
  EXPECT_EQ(result.heard.find("STARTTLS"), std::string::npos);
}

TEST_F(SmtpTls, IsNotDoneWithoutWhereItIsRequired) {
  const Dialog stripped = dialog_with(well_mannered(Manners()), Tls::Required);
  EXPECT_EQ(stripped.outcome.kind, Kind::Unreachable);
  EXPECT_EQ(stripped.outcome.step, Step::Tls);
  EXPECT_FALSE(in_clear(stripped.heard));
  Manners old;
  old.ehlo = "500 5.5.1 What?\r\n";
  EXPECT_EQ(dialog_with(well_mannered(old), Tls::Required).outcome.step, Step::Tls);
}

TEST_F(SmtpTls, IsNotDoneWithoutWhereItIsRefused) {
  for (const char* refused : {"454 4.7.0 Not now\r\n", "502 5.5.1 No\r\n", "250 2.0.0 Ok\r\n"}) {
    const auto script = [&](Peer& peer) {
      peer.say("220 fake\r\n");
      peer.hear();
      peer.say("250-fake\r\n250 STARTTLS\r\n");
      peer.hear();
      peer.say(refused);
      // Whoever goes on in clear gets a willing server.
      Manners manners;
      manners.greeting = "";
      well_mannered(manners)(peer);
    };
    const Dialog required = dialog_with(script, Tls::Required);
    EXPECT_NE(required.outcome.kind, Kind::Sent) << refused;
    EXPECT_EQ(required.outcome.step, Step::Tls) << refused;
    EXPECT_FALSE(in_clear(required.heard)) << refused;
    EXPECT_EQ(dialog_with(script, Tls::IfOffered).outcome.kind, Kind::Sent) << refused;
  }
}

// Response injection: what stands behind the 220 in clear was not said by the server.
TEST_F(SmtpTls, IsNotBegunWhereMoreWasSaidBehindTheGoAhead) {
  const auto certificate = authority_.issue("IP:127.0.0.1");
  const auto script = [&](Peer& peer) {
    peer.say("220 fake\r\n");
    peer.hear();
    peer.say("250-fake\r\n250 STARTTLS\r\n");
    peer.hear();
    peer.say("220 Go on\r\n250-evil\r\n250 AUTH PLAIN\r\n");
    peer.secure(*certificate);
    Manners manners;
    manners.greeting = "";
    well_mannered(manners)(peer);
  };
  for (const Tls tls : {Tls::Required, Tls::IfOffered}) {
    const Dialog result = dialog_with(script, tls);
    EXPECT_EQ(result.outcome.kind, Kind::Unreachable);
    EXPECT_EQ(result.outcome.step, Step::Tls);
    EXPECT_EQ(result.outcome.said, "The mail server said more before TLS than it was asked for.");
    EXPECT_FALSE(in_clear(result.heard));
  }
}

TEST_F(SmtpTls, IsRefusedToAServerOfAnotherName) {
  for (const Tls tls : {Tls::Required, Tls::IfOffered}) {
    const Dialog result = dialog_with(well_mannered(encrypting("DNS:other.example")), tls);
    EXPECT_EQ(result.outcome.kind, Kind::Unreachable);
    EXPECT_EQ(result.outcome.step, Step::Tls);
    EXPECT_NE(result.outcome.said.find("certificate is not accepted"), std::string::npos)
        << result.outcome.said;
    EXPECT_FALSE(in_clear(result.heard));
  }
}

TEST_F(SmtpTls, ChecksTheNameOfTheHost) {
  FakeServer server(
      {well_mannered(encrypting("DNS:localhost")), well_mannered(encrypting("IP:127.0.0.1"))});
  SmtpServer by_name = settings(server, Tls::Required);
  by_name.host = "localhost";
  EXPECT_EQ(send_once(by_name).kind, Kind::Sent);
  EXPECT_EQ(send_once(by_name).step, Step::Tls);
}

TEST_F(SmtpTls, IsRefusedToAServerOfAnotherAuthority) {
  const Authority other;
  FakeServer server({well_mannered(encrypting())});
  SmtpServer strange = settings(server, Tls::Required);
  strange.ca_file = other.file();
  EXPECT_EQ(send_once(strange).step, Step::Tls);
  // The system's authorities do not know it either.
  strange.ca_file = "";
  EXPECT_EQ(send_once(strange).step, Step::Tls);
  strange.verify = false;
  EXPECT_EQ(send_once(strange).kind, Kind::Sent);
}

TEST_F(SmtpTls, TrustsTheAuthoritiesOfTheSystem) {
  FakeServer server({well_mannered(encrypting())});
  SmtpServer known = settings(server, Tls::Required);
  known.ca_file = "";
  // Where OpenSSL finds them.
  ::setenv("SSL_CERT_FILE", authority_.file().c_str(), 1);
  EXPECT_EQ(send_once(known).kind, Kind::Sent);
  ::unsetenv("SSL_CERT_FILE");
}

TEST_F(SmtpTls, EndsWithAServerThatSpeaksNone) {
  const auto script = [](Peer& peer) {
    peer.say("220 fake\r\n");
    peer.hear();
    peer.say("250-fake\r\n250 STARTTLS\r\n");
    peer.hear();
    peer.say("220 Go on\r\n");
    peer.hesitate(50);
    peer.say("250 no TLS here\r\n");
    peer.wait_for_end();
  };
  const Dialog result = dialog_with(script, Tls::Required);
  EXPECT_EQ(result.outcome.kind, Kind::Unreachable);
  EXPECT_EQ(result.outcome.step, Step::Tls);
}

TEST_F(SmtpTls, NeedsItsFileOfAuthorities) {
  SmtpServer server{.host = "127.0.0.1", .ca_file = "/nonexistent/authorities.pem"};
  EXPECT_THROW(SmtpPool(server, 1), std::invalid_argument);
}

}  // namespace
}  // namespace portico::notify::test

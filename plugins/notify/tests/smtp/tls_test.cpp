// SPDX-License-Identifier: Apache-2.0
// TLS by policy, and passwords by TLS.
#include "smtp/conversation.h"
#include "smtp/login.h"
#include "smtp/sending.h"

#include <array>
#include <cstdlib>
#include <cstring>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace portico::notify::test {
namespace {

class SmtpTls : public testing::Test {
 protected:
  Manners encrypting(const std::string& name = "DNS:localhost,IP:127.0.0.1") const {
    Manners manners;
    manners.ehlo = "250-fake\r\n250-PIPELINING\r\n250 STARTTLS\r\n";
    manners.certificate = authority_.issue(name);
    return manners;
  }
  SmtpServer settings(const FakeServer& server, Tls tls) const {
    SmtpServer settings = at(server);
    settings.tls = tls;
    settings.ca_file = authority_.file();
    return settings;
  }
  Dialog dialog_with(const FakeServer::Script& script, Tls tls) const {
    FakeServer server({script});
    SmtpOutcome outcome = send_once(settings(server, tls));
    return {std::move(outcome), server.heard(1).front()};
  }

  Authority authority_;
};

/// What would be seen of a message by whoever listens.
bool in_clear(const std::string& heard) { return heard.find("MAIL FROM") != std::string::npos; }

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

class SmtpLogin : public SmtpTls {
 protected:
  Dialog logged_in(const Manners& manners, Tls tls) const {
    FakeServer server({well_mannered(manners)});
    SmtpServer with_user = settings(server, tls);
    with_user.user = "ada";
    with_user.password = "s3cret!";
    SmtpOutcome outcome = send_once(with_user);
    return {std::move(outcome), server.heard(1).front()};
  }
};

TEST_F(SmtpLogin, SaysPlainInTls) {
  Manners manners = encrypting();
  manners.ehlo = "250-fake\r\n250-STARTTLS\r\n250 AUTH LOGIN PLAIN\r\n";
  const Dialog result = logged_in(manners, Tls::Required);
  EXPECT_EQ(result.outcome.kind, Kind::Sent) << result.outcome.said;
  EXPECT_TRUE(
      result.heard.starts_with("EHLO client.example\r\nSTARTTLS\r\nEHLO client.example\r\n"
                               "AUTH PLAIN AGFkYQBzM2NyZXQh\r\nMAIL"))
      << result.heard;
}

TEST_F(SmtpLogin, SaysLoginWhereThereIsOnlyThat) {
  const auto script = [](Peer& peer) {
    peer.say("220 fake\r\n");
    peer.hear();
    peer.say("250-fake\r\n250 AUTH LOGIN\r\n");
    peer.hear();
    peer.say("334 VXNlcm5hbWU6\r\n");
    peer.hear();
    peer.say("334 UGFzc3dvcmQ6\r\n");
    peer.hear();
    Manners manners;
    manners.greeting = "235 Welcome\r\n";
    well_mannered(manners)(peer);
  };
  FakeServer server({script});
  SmtpServer with_user = at(server);
  with_user.user = "ada";
  with_user.password = "s3cret!";
  EXPECT_EQ(send_once(with_user).kind, Kind::Sent);
  EXPECT_TRUE(server.heard(1).front().starts_with(
      "EHLO client.example\r\nAUTH LOGIN\r\nYWRh\r\nczNjcmV0IQ==\r\nMAIL"));
}

TEST_F(SmtpLogin, IsNoMessagesFaultWhereItIsRefused) {
  Manners manners;
  manners.ehlo = "250-fake\r\n250 AUTH PLAIN\r\n";
  manners.auth = "535 5.7.8 Wrong password\r\n";
  const Dialog wrong = logged_in(manners, Tls::Never);
  EXPECT_EQ(wrong.outcome.kind, Kind::Unreachable);
  EXPECT_EQ(wrong.outcome.step, Step::Login);
  EXPECT_EQ(wrong.outcome.code, 535);
  EXPECT_FALSE(in_clear(wrong.heard));
  manners.auth = "454 4.7.0 Not now\r\n";
  EXPECT_EQ(logged_in(manners, Tls::Never).outcome.kind, Kind::Later);
  manners.ehlo = "250-fake\r\n250 AUTH GSSAPI\r\n";
  EXPECT_EQ(logged_in(manners, Tls::Never).outcome.step, Step::Login);
}

TEST_F(SmtpLogin, ShowsNoPasswordThatTheServerRepeats) {
  Manners manners;
  manners.ehlo = "250-fake\r\n250 AUTH PLAIN\r\n";
  for (const char* echo : {"535 AUTH PLAIN AGFkYQBzM2NyZXQh\r\n", "535 AGFkYQBzM2N...\r\n",
                           "535 no s3cret!\r\n", "535 czNjcmV0IQ==\r\n"}) {
    manners.auth = echo;
    const std::string said = logged_in(manners, Tls::Never).outcome.said;
    EXPECT_EQ(said, "What the mail server said may hold the password, and is not shown.");
  }
}

/// A conversation with one end of a pair, the other end of which is in `other`.
smtp::Conversation conversation_with(std::uint32_t peer, const smtp::Interrupt& interrupt,
                                     smtp::Descriptor& other) {
  std::array<int, 2> pair{};
  EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair.data()), 0);
  other = smtp::Descriptor(pair[1]);
  smtp::Dialed dialed{smtp::Descriptor(pair[0]), {}};
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(peer);
  std::memcpy(&dialed.peer.storage, &address, sizeof address);
  dialed.peer.size = sizeof address;
  return {smtp::Channel(std::move(dialed), interrupt), std::chrono::milliseconds(50),
          smtp::Deadline::after(std::chrono::seconds(1))};
}

TEST_F(SmtpLogin, SaysNoPasswordInClearToAnotherMachine) {
  const smtp::Interrupt interrupt;
  const SmtpServer server{.host = "mail.example", .user = "ada", .password = "s3cret!"};
  const smtp::Extensions extensions{.auth_plain = true, .auth_login = true};
  smtp::Descriptor other;
  auto away = conversation_with(0xC0000219, interrupt, other);
  const auto outcome = smtp::log_in(away, extensions, server);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->kind, Kind::Unreachable);
  std::array<char, 64> buffer{};
  EXPECT_EQ(::recv(other.number(), buffer.data(), buffer.size(), MSG_DONTWAIT), -1);
  // The same to a server on this machine is said.
  auto here = conversation_with(0x7F000001, interrupt, other);
  EXPECT_THROW(static_cast<void>(smtp::log_in(here, extensions, server)), std::runtime_error);
  EXPECT_GT(::recv(other.number(), buffer.data(), buffer.size(), MSG_DONTWAIT), 0);
}

}  // namespace
}  // namespace portico::notify::test

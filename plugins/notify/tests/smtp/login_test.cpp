// SPDX-License-Identifier: Apache-2.0
// Passwords, by TLS.
#include "smtp/login.h"

#include "smtp/conversation.h"
#include "smtp/encrypting.h"

#include <array>
#include <cstring>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace portico::notify::test {
namespace {

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

// SPDX-License-Identifier: Apache-2.0
// What goes over the wire, byte by byte, and what becomes of each answer.
#include "smtp/sending.h"

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

TEST(Dialog, SaysOneCommandAfterTheOther) {
  const Dialog result = dialog(Manners());
  EXPECT_EQ(result.heard,
            "EHLO client.example\r\n"
            "MAIL FROM:<bounces@a.example>\r\n"
            "RCPT TO:<ada@b.example>\r\n"
            "DATA\r\n"
            "Subject: x\r\n\r\nHi\r\n.\r\n"
            "QUIT\r\n");
  EXPECT_EQ(result.outcome.kind, Kind::Sent);
  EXPECT_EQ(result.outcome.code, 250);
  EXPECT_EQ(result.outcome.enhanced, "2.0.0");
  EXPECT_EQ(result.outcome.said, "2.0.0 Ok: queued as 4F2A");
  EXPECT_EQ(result.outcome.queue_id, "4F2A");
}

TEST(Dialog, WritesThreeCommandsAtOnceWhereItMay) {
  std::string at_once;
  const Dialog result = dialog([&](Peer& peer) {
    peer.say("220 fake\r\n");
    peer.hear();
    peer.say("250-fake\r\n250-PIPELINING\r\n250 SIZE 1000000\r\n");
    // No answer before all three are there.
    at_once = peer.hear_up_to("DATA\r\n");
    peer.say("250 Ok\r\n250 Ok\r\n354 Go on\r\n");
    static_cast<void>(peer.hear_up_to("\r\n.\r\n"));
    peer.say("250 OK id=1rXy-0001\r\n");
    peer.wait_for_end();
  });
  EXPECT_EQ(at_once,
            "MAIL FROM:<bounces@a.example> SIZE=18\r\nRCPT TO:<ada@b.example>\r\nDATA\r\n");
  EXPECT_EQ(result.outcome.kind, Kind::Sent);
  EXPECT_EQ(result.outcome.queue_id, "1rXy-0001");
}

TEST(Dialog, ResetsBetweenMessages) {
  for (const bool pipelining : {false, true}) {
    Manners manners;
    if (pipelining) manners.ehlo = "250-fake\r\n250 PIPELINING\r\n";
    FakeServer server({well_mannered(manners)});
    {
      SmtpPool pool(at(server), 1);
      EXPECT_EQ(send_one(pool).kind, Kind::Sent);
      EXPECT_EQ(send_one(pool).kind, Kind::Sent);
    }
    const std::string message =
        "MAIL FROM:<bounces@a.example>\r\nRCPT TO:<ada@b.example>\r\nDATA\r\n"
        "Subject: x\r\n\r\nHi\r\n.\r\n";
    EXPECT_EQ(server.heard(1).front(),
              "EHLO client.example\r\n" + message + "RSET\r\n" + message + "QUIT\r\n");
    EXPECT_EQ(server.connections(), 1U);
  }
}

// Case 129: a dot at the front of a line has another one before it, and only the last line is one.
TEST(Dialog, StuffsDots) {
  const Dialog result = dialog(Manners(), "a: b\r\n\r\n.\r\n..\r\n.x\r\n");
  EXPECT_NE(result.heard.find("a: b\r\n\r\n..\r\n...\r\n..x\r\n.\r\nQUIT\r\n"), std::string::npos);
}

// Case 129: what could end the message elsewhere is not said at all.
TEST(Dialog, SendsNothingThatIsNotWire) {
  FakeServer server({well_mannered(Manners())});
  SmtpPool pool(at(server), 1);
  for (const char* wire : {"", "a", "a\n.\n\r\n", "a\n.\r\n", "\r.\r\r\n", "a\r\n.\r\nb\n\r\n"}) {
    EXPECT_THROW(static_cast<void>(send_one(pool, wire)), std::invalid_argument) << wire;
  }
  EXPECT_EQ(server.connections(), 0U);
}

TEST(Dialog, SaysHeloWhereEhloIsNotKnown) {
  Manners manners;
  manners.ehlo = "502 5.5.1 What?\r\n";
  const Dialog result = dialog(manners);
  EXPECT_TRUE(result.heard.starts_with("EHLO client.example\r\nHELO client.example\r\nMAIL"));
  EXPECT_EQ(result.outcome.kind, Kind::Sent);
}

TEST(Dialog, CallsItselfByItsAddressWhereItHasNoName) {
  FakeServer server({well_mannered(Manners())});
  SmtpServer settings = at(server);
  settings.helo = "";
  EXPECT_EQ(send_once(settings).kind, Kind::Sent);
  EXPECT_TRUE(server.heard(1).front().starts_with("EHLO [127.0.0.1]\r\n"));
}

TEST(Dialog, DoesNotSendWhatIsTooLarge) {
  Manners manners;
  manners.ehlo = "250-fake\r\n250 SIZE 17\r\n";
  const Dialog result = dialog(manners);
  EXPECT_EQ(result.outcome.kind, Kind::Never);
  EXPECT_EQ(result.outcome.enhanced, "5.3.4");
  EXPECT_EQ(result.heard, "EHLO client.example\r\nQUIT\r\n");
  manners.ehlo = "250-fake\r\n250 SIZE 18\r\n";
  EXPECT_EQ(dialog(manners).outcome.kind, Kind::Sent);
}

struct Answer {
  const char* name;
  std::string Manners::*where;
  std::string reply;
  Kind kind;
  Step step;
};
void PrintTo(const Answer& answer, std::ostream* out) {
  *out << answer.name << " " << answer.reply;
}
class Answers : public testing::TestWithParam<Answer> {};

// Case 147: greylisting is for later, a mailbox that is not there for never.
TEST_P(Answers, BecomeAnOutcome) {
  for (const bool pipelining : {false, true}) {
    Manners manners;
    if (pipelining) manners.ehlo = "250-fake\r\n250 PIPELINING\r\n";
    // As a server does that has no recipient.
    if (pipelining && GetParam().step < Step::Data) manners.data = "503 5.5.1 No\r\n";
    manners.*GetParam().where = GetParam().reply;
    const Dialog result = dialog(manners);
    EXPECT_EQ(result.outcome.kind, GetParam().kind);
    EXPECT_EQ(result.outcome.step, GetParam().step);
    EXPECT_EQ(std::to_string(result.outcome.code), GetParam().reply.substr(0, 3));
    EXPECT_EQ(result.outcome.said, GetParam().reply.substr(4, GetParam().reply.size() - 6));
    EXPECT_EQ(result.heard.find("Subject") == std::string::npos, GetParam().step < Step::Message);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Each, Answers,
    testing::Values(
        Answer{"greeting", &Manners::greeting, "421 4.3.2 busy\r\n", Kind::Later, Step::Greeting},
        Answer{"greeting", &Manners::greeting, "554 5.7.1 you?\r\n", Kind::Unreachable,
               Step::Greeting},
        Answer{"greeting", &Manners::greeting, "250 2.0.0 eh\r\n", Kind::Unreachable,
               Step::Greeting},
        Answer{"hello", &Manners::ehlo, "451 4.3.0 x\r\n", Kind::Later, Step::Hello},
        Answer{"sender", &Manners::mail, "451 4.7.1 x\r\n", Kind::Later, Step::Sender},
        Answer{"sender", &Manners::mail, "550 5.7.1 x\r\n", Kind::Never, Step::Sender},
        Answer{"sender", &Manners::mail, "530 5.7.0 TLS first\r\n", Kind::Unreachable,
               Step::Sender},
        Answer{"recipient", &Manners::rcpt, "450 4.7.1 Greylisted\r\n", Kind::Later,
               Step::Recipient},
        Answer{"recipient", &Manners::rcpt, "550 5.1.1 Who?\r\n", Kind::Never, Step::Recipient},
        Answer{"recipient", &Manners::rcpt, "421 4.4.2 Bye\r\n", Kind::Later, Step::Recipient},
        Answer{"data", &Manners::data, "451 4.3.1 x\r\n", Kind::Later, Step::Data},
        Answer{"data", &Manners::data, "554 5.5.1 x\r\n", Kind::Never, Step::Data},
        Answer{"data", &Manners::data, "250 2.0.0 eh\r\n", Kind::Unreachable, Step::Data},
        Answer{"message", &Manners::message, "451 4.7.1 x\r\n", Kind::Later, Step::Message},
        Answer{"message", &Manners::message, "554 5.7.1 Spam\r\n", Kind::Never, Step::Message},
        Answer{"message", &Manners::message, "354 5.7.1 eh\r\n", Kind::Later, Step::Message}));

TEST(Dialog, ShowsAllLinesOfAReply) {
  Manners manners;
  manners.rcpt = "550-5.1.1 No such user.\r\n550-5.1.1 \x1b[31mSee\r\n550 5.1.1 example.com.\r\n";
  const SmtpOutcome outcome = dialog(manners).outcome;
  EXPECT_EQ(outcome.said, "5.1.1 No such user. 5.1.1 ?[31mSee 5.1.1 example.com.");
  EXPECT_EQ(outcome.enhanced, "5.1.1");
  EXPECT_TRUE(outcome.recipient_is_gone());
}

TEST(Dialog, GoesOnWithTheNextMessageAfterARefusal) {
  Manners manners;
  manners.ehlo = "250-fake\r\n250 PIPELINING\r\n";
  manners.rcpt = "550 5.1.1 Who?\r\n";
  manners.data = "503 5.5.1 No\r\n";
  FakeServer server({well_mannered(manners)});
  SmtpPool pool(at(server), 1);
  EXPECT_EQ(send_one(pool).kind, Kind::Never);
  EXPECT_EQ(send_one(pool).kind, Kind::Never);
  EXPECT_EQ(server.connections(), 1U);
}

TEST(Dialog, LeavesAServerThatIsOutOfStep) {
  Manners manners;
  manners.data = "250 2.0.0 eh\r\n";
  FakeServer server({well_mannered(manners)});
  SmtpPool pool(at(server), 1);
  EXPECT_EQ(send_one(pool).kind, Kind::Unreachable);
  EXPECT_EQ(send_one(pool).kind, Kind::Unreachable);
  EXPECT_EQ(server.connections(), 2U);
}

TEST(Dialog, LeavesAServerThatWaitsForAMessageWithoutRecipients) {
  Manners manners;
  manners.ehlo = "250-fake\r\n250 PIPELINING\r\n";
  manners.rcpt = "550 5.1.1 Who?\r\n";
  FakeServer server({well_mannered(manners)});
  SmtpPool pool(at(server), 1);
  EXPECT_EQ(send_one(pool).kind, Kind::Never);
  EXPECT_EQ(send_one(pool).kind, Kind::Never);
  EXPECT_EQ(server.connections(), 2U);
  for (const std::string& heard : server.heard(2)) {
    EXPECT_EQ(heard.find("RSET"), std::string::npos) << heard;
  }
}

}  // namespace
}  // namespace portico::notify::test

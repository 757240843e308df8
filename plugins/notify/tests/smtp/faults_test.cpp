// SPDX-License-Identifier: Apache-2.0
// Servers that are slow, broken or hostile. However they behave, the call comes back in time and
// says what is true of the message.
#include "smtp/connection_fault.h"
#include "smtp/conversation.h"
#include "smtp/sending.h"

#include <chrono>

#include <gtest/gtest.h>

namespace portico::notify::test {
namespace {

using namespace std::chrono_literals;

/// Longer than any time that is set here, even on a busy machine, and shorter than Patience.
constexpr auto Soon = 10s;

/// Up to the line `until`, then what the script says.
FakeServer::Script up_to(const std::string& until, const FakeServer::Script& then) {
  return [until, then](Peer& peer) {
    peer.say("220 fake\r\n");
    for (std::string line = peer.hear(); !line.starts_with(until); line = peer.hear()) {
      peer.say(line == "DATA" ? "354 Go on\r\n" : "250 Ok\r\n");
    }
    then(peer);
  };
}

const FakeServer::Script Silence = [](Peer& peer) { peer.wait_for_end(); };

Dialog impatient(const FakeServer::Script& script, std::chrono::milliseconds timeout = 200ms) {
  FakeServer server({script});
  SmtpServer settings = at(server);
  settings.timeout = timeout;
  const auto began = std::chrono::steady_clock::now();
  SmtpOutcome outcome = send_once(settings);
  EXPECT_LT(std::chrono::steady_clock::now() - began, Soon);
  return {std::move(outcome), server.heard(1).front()};
}

TEST(SmtpFaults, DoNotWaitForEverForAServerThatIsSilent) {
  const SmtpOutcome greeting = impatient(Silence).outcome;
  EXPECT_EQ(greeting.kind, Kind::Unreachable);
  EXPECT_EQ(greeting.step, Step::Greeting);
  EXPECT_EQ(greeting.said, "The mail server did not answer in time.");
  EXPECT_EQ(impatient(up_to("EHLO", Silence)).outcome.step, Step::Hello);
  EXPECT_EQ(impatient(up_to("MAIL", Silence)).outcome.step, Step::Sender);
  const SmtpOutcome recipient = impatient(up_to("RCPT", Silence)).outcome;
  EXPECT_EQ(recipient.kind, Kind::Unreachable);
  EXPECT_EQ(recipient.step, Step::Recipient);
  EXPECT_EQ(impatient(up_to("DATA", Silence)).outcome.step, Step::Data);
}

TEST(SmtpFaults, CountTheWholeReplyNotItsBytes) {
  const auto drips = [](Peer& peer) {
    peer.say("220 ");
    for (int i = 0; i < 500; ++i) {
      peer.say("x");
      peer.hesitate(20);
    }
  };
  const Dialog result = impatient(drips);
  EXPECT_EQ(result.outcome.step, Step::Greeting);
  EXPECT_EQ(result.outcome.said, "The mail server did not answer in time.");
}

TEST(SmtpFaults, KeepToTheTimeOfTheWhole) {
  FakeServer server({[](Peer& peer) {
    peer.say("220 fake\r\n");
    while (true) {
      peer.hear();
      peer.hesitate(300);
      peer.say("250 Ok\r\n");
    }
  }});
  SmtpServer settings = at(server);
  settings.total_timeout = 500ms;
  EXPECT_EQ(send_once(settings).step, Step::Sender);
}

struct Garbage {
  const char* name;
  std::string bytes;
};
void PrintTo(const Garbage& garbage, std::ostream* out) { *out << garbage.name; }
class SmtpGarbage : public testing::TestWithParam<Garbage> {};

TEST_P(SmtpGarbage, IsNoReply) {
  const auto says = [](Peer& peer) {
    peer.say(GetParam().bytes);
    peer.wait_for_end();
  };
  const Dialog result = impatient(up_to("RCPT", says), 20s);
  EXPECT_EQ(result.outcome.kind, Kind::Unreachable);
  EXPECT_EQ(result.outcome.step, Step::Recipient);
  EXPECT_EQ(result.outcome.code, 0);
  for (const char c : result.outcome.said) EXPECT_TRUE(c >= ' ' && c <= '~');
  EXPECT_EQ(result.heard.find("DATA"), std::string::npos);
}

std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

INSTANTIATE_TEST_SUITE_P(
    Each, SmtpGarbage,
    testing::Values(Garbage{"another protocol", "HTTP/1.1 400 Bad Request\r\n\r\n"},
                    Garbage{"bytes", "\xff\xfe\x1b[31m\r\n"}, Garbage{"no code", "Ok\r\n"},
                    Garbage{"an empty line", "\r\n"}, Garbage{"two codes", "250-Ok\r\n550 No\r\n"},
                    Garbage{"a reply without end", repeated("250-x\r\n", 129)},
                    Garbage{"a line without end", std::string(3000, 'x')},
                    Garbage{"a long line", "250 " + std::string(2100, 'x') + "\r\n"}));

TEST(SmtpFaults, TakeALineThatEndsWithoutItsCr) {
  EXPECT_EQ(impatient(up_to("MAIL",
                            [](Peer& peer) {
                              peer.say("550 5.7.1 No\n");
                              peer.wait_for_end();
                            }))
                .outcome.code,
            550);
}

TEST(SmtpFaults, KnowThatNothingWasAcceptedBeforeTheFinalDot) {
  const auto ends = [](Peer&) {};
  EXPECT_EQ(impatient(ends).outcome.kind, Kind::Unreachable);
  EXPECT_EQ(impatient(ends).outcome.said, "The mail server closed the connection.");
  EXPECT_EQ(impatient(up_to("RCPT", ends)).outcome.kind, Kind::Unreachable);
  EXPECT_EQ(impatient(up_to("DATA",
                            [](Peer& peer) {
                              peer.end();
                              peer.wait_for_end();
                            }))
                .outcome.kind,
            Kind::Unreachable);
}

// Case 144: the message may be there already; with the same Message-ID it is sent again.
TEST(SmtpFaults, DoNotKnowWhatBecameOfAMessageWhoseAnswerIsLost) {
  const auto takes = [](const FakeServer::Script& then) {
    return up_to("DATA", [then](Peer& peer) {
      peer.say("354 Go on\r\n");
      static_cast<void>(peer.hear_up_to("\r\n.\r\n"));
      then(peer);
    });
  };
  for (const auto& then : {FakeServer::Script([](Peer&) {}), Silence,
                           FakeServer::Script([](Peer& peer) { peer.reset(); }),
                           FakeServer::Script([](Peer& peer) { peer.say("Ok\r\n"); }),
                           FakeServer::Script([](Peer& peer) {
                             peer.say("250-Ok\r\n");
                             peer.end();
                           })}) {
    const SmtpOutcome outcome = impatient(takes(then)).outcome;
    EXPECT_EQ(outcome.kind, Kind::Later);
    EXPECT_EQ(outcome.step, Step::Message);
    EXPECT_EQ(outcome.code, 0);
  }
}

TEST(SmtpFaults, DoNotWaitForAServerThatDoesNotRead) {
  FakeServer server({up_to("DATA", [](Peer& peer) {
    peer.say("354 Go on\r\n");
    peer.hesitate(1500);
  })});
  SmtpServer settings = at(server);
  settings.timeout = 200ms;
  // More than the buffers of the two sockets hold.
  const SmtpOutcome outcome = send_once(settings, repeated(std::string(98, 'x') + "\r\n", 200'000));
  EXPECT_EQ(outcome.kind, Kind::Unreachable);
  EXPECT_EQ(outcome.step, Step::Message);
  EXPECT_EQ(outcome.said, "The mail server did not answer in time.");
}

TEST(SmtpFaults, SurviveAServerThatGoesInTheMiddleOfAMessage) {
  const auto resets = [](Peer& peer) { peer.reset(); };
  // The network then says EPIPE, which kills whoever does not mind SIGPIPE.
  const auto ends_and_resets = [](Peer& peer) {
    peer.end();
    peer.hesitate(100);
    peer.reset();
  };
  for (const auto& then : {FakeServer::Script(resets), FakeServer::Script(ends_and_resets)}) {
    FakeServer server({up_to("DATA", [then](Peer& peer) {
      peer.say("354 Go on\r\n");
      then(peer);
    })});
    const SmtpOutcome outcome =
        send_once(at(server), repeated(std::string(98, 'x') + "\r\n", 200'000));
    EXPECT_EQ(outcome.kind, Kind::Unreachable);
    EXPECT_EQ(outcome.step, Step::Message);
  }
}

TEST(SmtpFaults, SayWhereNobodyListens) {
  std::uint16_t port = 0;
  {
    const FakeServer server({Silence});
    port = server.port();
  }
  SmtpServer settings{.host = "127.0.0.1", .port = port};
  const SmtpOutcome outcome = send_once(settings);
  EXPECT_EQ(outcome.kind, Kind::Unreachable);
  EXPECT_EQ(outcome.step, Step::Connection);
  EXPECT_EQ(outcome.said, "The mail server cannot be reached at 127.0.0.1: Connection refused.");
}

// Case 128: even if an address got through, a command would be one line.
TEST(Conversation, SaysNoCommandOfTwoLines) {
  FakeServer server({Silence});
  const smtp::Interrupt interrupt;
  const auto deadline = smtp::Deadline::after(20s);
  smtp::Conversation conversation(
      smtp::Channel(
          smtp::dial(smtp::resolve_by_system("127.0.0.1", server.port()), deadline, interrupt),
          interrupt),
      20s, deadline);
  for (const std::string& line :
       {std::string("RCPT TO:<a@b>\r\nRCPT TO:<c@d>"), std::string("RCPT\n"), std::string("RCPT\r"),
        std::string("RCPT\0", 5)}) {
    EXPECT_THROW(conversation.command(line), std::invalid_argument);
  }
}

}  // namespace
}  // namespace portico::notify::test

// SPDX-License-Identifier: Apache-2.0
// The client and real servers: tests/e2e/mail_servers.py runs this program beside a strict one and
// a lenient one. Alone, it skips these tests.
#include "mail/wire_text.h"
#include "smtp/channel.h"
#include "smtp/conversation.h"
#include "smtp/pool.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <poll.h>

namespace portico::notify::test {
namespace {

using namespace std::chrono_literals;
using Messages = std::vector<std::string>;

bool is_trace(const std::string& line) {
  return line.starts_with("Return-Path:") || line.starts_with("X-Original-To:") ||
         line.starts_with("Delivered-To:") || line.starts_with("Received:");
}

/// Without what the server wrote above it, and with CRLF: it keeps lines with LF.
std::string as_sent(std::istream& file) {
  std::string message;
  bool above = true;
  for (std::string line; std::getline(file, line);) {
    above = above && (is_trace(line) || line.starts_with(' ') || line.starts_with('\t'));
    if (!above) message += line + "\r\n";
  }
  return message;
}

class RealServers : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const char* const named = std::getenv(GetParam());
    if (named == nullptr) GTEST_SKIP() << GetParam() << " names no server";
    const std::string text = named;
    server_.host = "127.0.0.1";
    server_.port = static_cast<std::uint16_t>(std::stoi(text));
    server_.tls = SmtpServer::Tls::Never;
    server_.helo = "client.example";
    folder_ = text.substr(text.find(':') + 1);
    before_ = files();
  }

  SmtpOutcome send(SmtpPool& pool, const std::string& wire,
                   const std::string& to = "ada@b.example") {
    return pool.send(*Address::parse("bounces@a.example"), *Address::parse(to), wire);
  }

  /// All that came since the test began, once a last message, which is left out, is there.
  Messages delivered() {
    SmtpPool pool(server_, 1);
    const std::string last = "Subject: the last of " + std::to_string(before_.size()) + "\r\n";
    EXPECT_EQ(send(pool, last + "From: <a@b.example>\r\n\r\n").kind, SmtpOutcome::Kind::Sent);
    for (int i = 0; i < 3000; ++i, ::poll(nullptr, 0, 10)) {
      Messages messages = read_new();
      const auto found = std::ranges::find_if(
          messages, [&](const std::string& message) { return message.starts_with(last); });
      if (found == messages.end()) continue;
      messages.erase(found);
      // What came before it was queued before it, but may be delivered behind it.
      if (messages.size() < expected_) continue;
      return messages;
    }
    throw std::runtime_error("the server does not deliver");
  }
  void expect(std::size_t count) { expected_ = count; }

  SmtpServer server_;

 private:
  std::vector<std::filesystem::path> files() const {
    std::vector<std::filesystem::path> found;
    if (!std::filesystem::exists(folder_)) return found;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      found.push_back(entry.path());
    }
    return found;
  }

  Messages read_new() const {
    Messages messages;
    for (const auto& path : files()) {
      if (std::ranges::find(before_, path) != before_.end()) continue;
      std::ifstream file(path);
      messages.push_back(as_sent(file));
    }
    return messages;
  }

  std::filesystem::path folder_;
  std::vector<std::filesystem::path> before_;
  std::size_t expected_ = 0;
};

MailMessage message(const std::string& text) {
  MailMessage message{.from = *Mailbox::parse("Portico <no-reply@a.example>"),
                      .to = *Address::parse("ada@b.example"),
                      .to_name = "Ada \xc3\x84",
                      .subject = "Hello \xf0\x9f\x98\x80",
                      .text = text,
                      .id = "1@a.example",
                      .date = std::chrono::system_clock::time_point(1769850300s)};
  return message;
}

std::string with_body(const std::string& body) {
  return "From: <a@b.example>\r\nDate: Sat, 31 Jan 2026 09:05:00 +0000\r\n"
         "Message-ID: <1@a.example>\r\nSubject: dots\r\n\r\n" +
         body;
}

// Case 129: whatever stands in a body, one message arrives, byte for byte what was sent.
TEST_P(RealServers, GetOneMessageByteForByte) {
  const std::string smuggled =
      "MAIL FROM:<evil@b.example>\r\nRCPT TO:<ada@b.example>\r\nDATA\r\nSubject: smuggled\r\n\r\nx";
  Messages sent;
  for (const std::string end :
       {".", "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r.\r\n", "\r\n.\r\n"}) {
    sent.push_back(wire_text(message("Hi" + end + smuggled + end)));
    MailMessage both = message("Hi" + end + smuggled);
    both.html = "<p>Hi</p>" + end + smuggled;
    sent.push_back(wire_text(both));
  }
  for (const std::string lines :
       {".\r\n", "..\r\n.\r\n", "a\r\n.\r\n\r\n.\r\nb\r\n", ".a\r\n...\r\n"}) {
    sent.push_back(with_body(lines));
    sent.push_back(with_body("Hi\r\n" + lines + smuggled + "\r\n" + lines));
  }
  SmtpPool pool(server_, 1);
  for (const std::string& wire : sent) {
    const SmtpOutcome outcome = send(pool, wire);
    EXPECT_EQ(outcome.kind, SmtpOutcome::Kind::Sent) << outcome.said;
    EXPECT_FALSE(outcome.queue_id.empty()) << outcome.said;
  }
  expect(sent.size());
  Messages received = delivered();
  std::ranges::sort(sent);
  std::ranges::sort(received);
  EXPECT_EQ(received, sent);
}

TEST_P(RealServers, GetItByTls) {
  const char* const authority = std::getenv("PORTICO_MAIL_CA");
  ASSERT_NE(authority, nullptr);
  server_.tls = SmtpServer::Tls::Required;
  server_.ca_file = authority;
  const std::string wire = wire_text(message("Hi"));
  {
    SmtpPool pool(server_, 1);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(send(pool, wire).kind, SmtpOutcome::Kind::Sent);
  }
  server_.ca_file = "";
  SmtpPool distrusting(server_, 1);
  EXPECT_EQ(send(distrusting, wire).step, SmtpOutcome::Step::Tls);
  server_.tls = SmtpServer::Tls::Never;
  expect(3);
  EXPECT_EQ(delivered(), Messages(3, wire));
}

// Case 147.
TEST_P(RealServers, SayLaterAndNever) {
  SmtpPool pool(server_, 1);
  const std::string wire = wire_text(message("Hi"));
  const SmtpOutcome never = send(pool, wire, "gone@b.example");
  EXPECT_EQ(never.kind, SmtpOutcome::Kind::Never);
  EXPECT_EQ(never.enhanced, "5.1.1");
  EXPECT_TRUE(never.recipient_is_gone());
  const SmtpOutcome later = send(pool, wire, "later@b.example");
  EXPECT_EQ(later.kind, SmtpOutcome::Kind::Later);
  EXPECT_EQ(later.enhanced, "4.7.1");
  EXPECT_EQ(send(pool, wire).kind, SmtpOutcome::Kind::Sent);
  expect(1);
  EXPECT_EQ(delivered(), Messages(1, wire));
}

/// The answer to a client that lets such a body through.
std::string naive(smtp::Conversation& conversation) {
  static_cast<void>(conversation.hear());
  for (const char* line :
       {"EHLO client.example", "MAIL FROM:<a@b.example>", "RCPT TO:<ada@b.example>", "DATA"}) {
    static_cast<void>(conversation.ask(line));
  }
  conversation.write("Subject: outer\r\n\r\nHi\n.\nNOOP\r\n.\r\n");
  return conversation.hear().text();
}

// Else the tests above would show nothing: one server must refuse what the other falls for.
TEST_P(RealServers, AreAsTheyAreCalled) {
  const smtp::Interrupt interrupt;
  const auto deadline = smtp::Deadline::after(30s);
  smtp::Conversation conversation(
      smtp::Channel(
          smtp::dial(smtp::resolve_by_system("127.0.0.1", server_.port), deadline, interrupt),
          interrupt),
      10s, deadline);
  const bool strict = std::string(GetParam()).find("STRICT") != std::string::npos;
  if (!strict) {
    EXPECT_NE(naive(conversation).find("queued as"), std::string::npos);
    return;
  }
  EXPECT_NE(naive(conversation).find("bare <LF>"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Both, RealServers,
                         testing::Values("PORTICO_STRICT_MAIL", "PORTICO_LENIENT_MAIL"),
                         [](const auto& kind) {
                           return std::string(kind.param, 8, std::string(kind.param).size() - 13);
                         });

}  // namespace
}  // namespace portico::notify::test

// SPDX-License-Identifier: Apache-2.0
// A mail server that encrypts, with a certificate of an authority of the test's own.
#pragma once

#include "smtp/sending.h"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace portico::notify::test {

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
[[nodiscard]] inline bool in_clear(const std::string& heard) {
  return heard.find("MAIL FROM") != std::string::npos;
}

}  // namespace portico::notify::test

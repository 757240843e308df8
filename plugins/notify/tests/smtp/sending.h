// SPDX-License-Identifier: Apache-2.0
// One message, from one who sends it to one who gets it, for tests that are about the way.
#pragma once

#include "smtp/fake_server.h"
#include "smtp/pool.h"

#include <ostream>
#include <string>

namespace portico::notify {

inline void PrintTo(SmtpOutcome::Kind kind, std::ostream* out) { *out << name_of(kind); }
inline void PrintTo(SmtpOutcome::Step step, std::ostream* out) { *out << name_of(step); }

namespace test {

using Kind = SmtpOutcome::Kind;
using Step = SmtpOutcome::Step;
using Tls = SmtpServer::Tls;

inline const std::string Wire = "Subject: x\r\n\r\nHi\r\n";

/// As it is reached in clear.
inline SmtpServer at(const FakeServer& server) {
  SmtpServer settings{.host = "127.0.0.1", .port = server.port(), .tls = Tls::Never};
  settings.helo = "client.example";
  settings.connect_timeout = settings.timeout = settings.total_timeout = std::chrono::seconds(20);
  return settings;
}

inline SmtpOutcome send_one(SmtpPool& pool, const std::string& wire = Wire) {
  static const Address from = *Address::parse("bounces@a.example");
  static const Address to = *Address::parse("ada@b.example");
  return pool.send(from, to, wire);
}

/// Over a connection of its own, which has ended when this returns.
inline SmtpOutcome send_once(const SmtpServer& server, const std::string& wire = Wire) {
  SmtpPool pool(server, 1);
  return send_one(pool, wire);
}

/// Of that server, and what it heard.
struct Dialog {
  SmtpOutcome outcome;
  std::string heard;
};
inline Dialog dialog(const FakeServer::Script& script, const std::string& wire = Wire) {
  FakeServer server({script});
  SmtpOutcome outcome = send_once(at(server), wire);
  return {std::move(outcome), server.heard(1).front()};
}
inline Dialog dialog(const Manners& manners, const std::string& wire = Wire) {
  return dialog(well_mannered(manners), wire);
}

}  // namespace test
}  // namespace portico::notify

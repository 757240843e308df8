// SPDX-License-Identifier: Apache-2.0
#include "tls/listeners.h"

#include "unit/tls/client.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace portico::tls {
namespace {

using Contexts = std::vector<std::shared_ptr<const Context>>;

/// What the contexts of a file are, and what was said of it.
struct Made {
  explicit Made(const std::string& yaml) {
    auto document =
        config::Document::parse(yaml, "portico.yaml", config::Environment::of_process(), problems);
    loaded = config::bind_settings(std::move(document), problems);
    if (!loaded) return;
    contexts = make_contexts(loaded->settings, nullptr, base::system_clock().unix_time(), problems);
  }

  config::Problems problems;
  std::optional<config::Loaded> loaded;
  Contexts contexts;
};

std::string pair_text(const KeyPair& files) {
  return "certificate: " + files.certificate + ", key: " + files.key;
}

TEST(TlsListeners, HaveAContextWhereTheySpeakTls) {
  const Wallet wallet;
  const KeyPair files = wallet.store("server", certify({.subject = "server"}));
  const Made made("listen:\n  - address: 127.0.0.1:80\n  - address: 127.0.0.1:443\n    tls: {" +
                  pair_text(files) + "}\n    http2: true\n");
  EXPECT_EQ(made.problems.text(), "");
  ASSERT_EQ(made.contexts.size(), 2U);
  EXPECT_EQ(made.contexts[0], nullptr);
  ASSERT_NE(made.contexts[1], nullptr);
  EXPECT_EQ(files_of(made.loaded->settings),
            (std::vector<std::string>{files.certificate, files.key}));

  const Line line;
  Session session = made.contexts[1]->accept(line.near());
  Client client(line, {.protocols = "\x08http/1.1\x02h2"});
  ASSERT_EQ(client.meet(session), Io::Done) << session.fault();
  EXPECT_EQ(session.protocol(), "h2");
}

TEST(TlsListeners, SpeakHttp1WithoutHttp2) {
  const Wallet wallet;
  const Made made("listen: [{address: 127.0.0.1:443, tls: {" +
                  pair_text(wallet.store("server", certify({}))) + "}}]");
  ASSERT_NE(made.contexts.at(0), nullptr) << made.problems.text();
  const Line line;
  Session session = made.contexts[0]->accept(line.near());
  Client client(line, {.protocols = "\x02h2\x08http/1.1"});
  ASSERT_EQ(client.meet(session), Io::Done);
  EXPECT_EQ(session.protocol(), "http/1.1");
}

TEST(TlsListeners, TakeEverythingFromTheFile) {
  const Wallet wallet;
  const Certified authority = certify({.subject = "ca", .authority = true});
  const KeyPair ca = wallet.store("ca", authority);
  const KeyPair one = wallet.store("one", certify({.subject = "one"}));
  const KeyPair two =
      wallet.store("two", certify({.subject = "two", .names = {"DNS:two.example"}}));
  const Made made("listen: [{address: 127.0.0.1:443, tls: {" + pair_text(one) +
                  ", certificates: [{" + pair_text(two) + "}], client_ca: " + ca.certificate +
                  ", client_auth: optional, min_version: 1.3}}]");
  ASSERT_NE(made.contexts.at(0), nullptr) << made.problems.text();
  const Certified ann = certify({.subject = "ann"}, &authority);
  const Line line;
  Session session = made.contexts[0]->accept(line.near());
  Client client(line, {.name = "two.example", .certificate = &ann});
  ASSERT_EQ(client.meet(session), Io::Done) << session.fault();
  EXPECT_EQ(client.shown(), "CN=two");
  EXPECT_EQ(session.client()->subject, "CN=ann");

  const Line old;
  Session refused = made.contexts[0]->accept(old.near());
  Client aged(old, {.most = TLS1_2_VERSION});
  EXPECT_EQ(aged.meet(refused), Io::Broken);
  EXPECT_EQ(files_of(made.loaded->settings),
            (std::vector<std::string>{one.certificate, one.key, two.certificate, two.key,
                                      ca.certificate}));
}

TEST(TlsListeners, DemandCertificatesOfAnAuthority) {
  const Wallet wallet;
  const KeyPair ca = wallet.store("ca", certify({.subject = "ca", .authority = true}));
  const Made made("listen: [{address: 127.0.0.1:443, tls: {" +
                  pair_text(wallet.store("server", certify({}))) +
                  ", client_ca: " + ca.certificate + "}}]");
  ASSERT_NE(made.contexts.at(0), nullptr) << made.problems.text();
  const Line line;
  Session session = made.contexts[0]->accept(line.near());
  Client client(line, {});
  EXPECT_EQ(client.meet(session), Io::Broken);
}

TEST(TlsListeners, TellFaultsWhereTheFilesAreNamed) {
  const Wallet wallet;
  const KeyPair good = wallet.store("good", certify({}));
  const Made made(
      "listen:\n"
      "  - address: 127.0.0.1:443\n"
      "    tls:\n"
      "      certificate: /nowhere/a.pem\n"
      "      key: " +
      good.key +
      "\n"
      "      certificates:\n"
      "        - {certificate: " +
      good.certificate +
      ", key: /nowhere/b.key}\n"
      "      client_ca: /nowhere/ca.pem\n"
      "  - address: 127.0.0.1:444\n"
      "    tls: {" +
      pair_text(good) + "}\n");
  EXPECT_EQ(made.problems.text(),
            "portico.yaml:4:20: listen[0].tls.certificate: /nowhere/a.pem: no such file\n"
            "portico.yaml:7:" +
                std::to_string(32 + good.certificate.size()) +
                ": listen[0].tls.certificates[0].key: /nowhere/b.key: no such file\n"
                "portico.yaml:8:18: listen[0].tls.client_ca: /nowhere/ca.pem: no such file\n"
                "3 problems, nothing started.\n");
  ASSERT_EQ(made.contexts.size(), 2U);
  EXPECT_EQ(made.contexts[0], nullptr);
  EXPECT_NE(made.contexts[1], nullptr);
}

TEST(TlsListeners, WarnWithoutRefusing) {
  const Wallet wallet;
  const Made made("listen: [{address: 127.0.0.1:443, tls: {" +
                  pair_text(wallet.store("late", certify({.begins = -7200, .ends = -3600}))) +
                  "}}]");
  EXPECT_FALSE(made.problems.any_error());
  EXPECT_EQ(made.problems.warnings(), 1U);
  EXPECT_NE(made.contexts.at(0), nullptr);
}

}  // namespace
}  // namespace portico::tls

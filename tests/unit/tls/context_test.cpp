// SPDX-License-Identifier: Apache-2.0
#include "tls/context.h"

#include "unit/tls/client.h"

#include <string>

#include <gtest/gtest.h>
#include <openssl/err.h>

namespace portico::tls {
namespace {

std::shared_ptr<const Context> make(const ContextOptions& options) {
  auto made = Context::make(options);
  if (!made) throw std::runtime_error(made.error());
  EXPECT_EQ(ERR_peek_error(), 0UL);
  return *made;
}

/// The common name of what a client is shown that asks for `name`.
std::string shown(const Context& context, ClientOptions options) {
  const Line line;
  Session session = context.accept(line.near());
  Client client(line, options);
  if (client.meet(session) != Io::Done) return "refused: " + std::string(session.fault());
  EXPECT_EQ(session.server_name(), options.name);
  return client.shown();
}

TEST(TlsContext, ChoosesTheCertificateByServerName) {
  const Wallet wallet;
  ContextOptions options;
  options.certificates = {
      wallet.store("front", certify({.subject = "front", .names = {"DNS:front.example"}})),
      wallet.store("wild", certify({.subject = "wild", .names = {"DNS:*.b.example"}})),
      wallet.store("exact", certify({.subject = "exact", .names = {"DNS:x.b.example"}}))};
  options.protocols = {"h2"};
  const auto context = make(options);
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const auto ask = [&](std::string_view name) {
      return shown(
          *context,
          {.name = std::string(name), .protocols = "\x02h2", .least = version, .most = version});
    };
    EXPECT_EQ(ask("front.example"), "CN=front");
    EXPECT_EQ(ask("x.b.example"), "CN=exact");
    EXPECT_EQ(ask("y.b.example"), "CN=wild");
    EXPECT_EQ(ask("Y.B.EXAMPLE"), "CN=wild");
    EXPECT_EQ(ask("unknown.example"), "CN=front");
    EXPECT_EQ(ask(""), "CN=front");
  }
}

TEST(TlsContext, ServesTwoKindsOfKeysForOneName) {
  const Wallet wallet;
  ContextOptions options;
  options.certificates = {
      wallet.store("ec", certify({.subject = "ec", .names = {"DNS:a.example"}})),
      wallet.store("rsa", certify({.subject = "rsa", .names = {"DNS:a.example"}, .kind = "RSA"}))};
  const auto context = make(options);
  const auto ask = [&](const char* ciphers) {
    return shown(*context, {.name = "a.example", .most = TLS1_2_VERSION, .ciphers = ciphers});
  };
  EXPECT_EQ(ask("ECDHE-ECDSA-AES128-GCM-SHA256"), "CN=ec");
  EXPECT_EQ(ask("ECDHE-RSA-AES128-GCM-SHA256"), "CN=rsa");
}

TEST(TlsContext, ShowsTheChain) {
  const Wallet wallet;
  const Certified root = certify({.subject = "root", .authority = true});
  const Certified middle = certify({.subject = "middle", .authority = true}, &root);
  const Certified leaf = certify({.subject = "leaf"}, &middle);
  KeyPair files = wallet.store("leaf", leaf);
  wallet.folder().write("leaf.crt", leaf.certificate_pem() + middle.certificate_pem());
  const auto context = make({.certificates = {files}});
  const Line line;
  Session session = context->accept(line.near());
  Client client(line, {});
  ASSERT_EQ(client.meet(session), Io::Done);
  EXPECT_EQ(sk_X509_num(SSL_get_peer_cert_chain(client.ssl())), 2);
}

TEST(TlsContext, CanDemandTheNewestVersion) {
  const Wallet wallet;
  const auto context =
      make({.certificates = {wallet.store("server", certify({}))}, .least = Version::Tls13});
  EXPECT_EQ(shown(*context, {.most = TLS1_2_VERSION}), "refused: unsupported protocol");
  EXPECT_EQ(shown(*context, {}), "CN=test");
}

TEST(TlsContext, OutlivesItselfInItsSessions) {
  const Wallet wallet;
  ContextOptions options;
  options.certificates = {wallet.store("a", certify({.subject = "a", .names = {"DNS:a.example"}})),
                          wallet.store("b", certify({.subject = "b", .names = {"DNS:b.example"}}))};
  options.protocols = {"h2"};
  auto context = make(options);
  const Line line;
  Session session = context->accept(line.near());
  context.reset();
  Client client(line, {.name = "b.example", .protocols = "\x02h2"});
  ASSERT_EQ(client.meet(session), Io::Done);
  EXPECT_EQ(client.shown(), "CN=b");
  EXPECT_EQ(session.protocol(), "h2");
}

TEST(TlsContext, TellsEveryFault) {
  const Wallet wallet;
  const KeyPair good = wallet.store("good", certify({}));
  const KeyPair other = wallet.store("other", certify({}));
  ContextOptions options;
  options.certificates = {{good.certificate, other.key}, {"/nowhere/c.pem", good.key}};
  EXPECT_EQ(Context::make(options).error(),
            other.key + ": the key does not belong to the certificate " + good.certificate +
                "; name the key that the certificate was requested with\n"
                "/nowhere/c.pem: no such file");
  EXPECT_EQ(ERR_peek_error(), 0UL);
}

}  // namespace
}  // namespace portico::tls

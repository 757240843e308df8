// SPDX-License-Identifier: Apache-2.0
// A server's context with one certificate, and sessions of it.
#pragma once

#include "tls/session.h"
#include "unit/tls/client.h"

#include <memory>
#include <stdexcept>

#include <gtest/gtest.h>
#include <openssl/err.h>

namespace portico::tls {

class TlsSession : public testing::Test {
 protected:
  TlsSession() {
    ContextOptions options;
    options.certificates = {wallet_.store("server", certify({.names = {"DNS:a.example"}}))};
    options.protocols = {"h2", "http/1.1"};
    auto made = Context::make(options);
    if (!made) throw std::runtime_error(made.error());
    context_ = *made;
  }
  ~TlsSession() override { EXPECT_EQ(ERR_peek_error(), 0UL) << "an error was left in the queue"; }

  [[nodiscard]] Session accept(const Line& line) const { return context_->accept(line.near()); }

  Wallet wallet_;
  std::shared_ptr<const Context> context_;
};

}  // namespace portico::tls

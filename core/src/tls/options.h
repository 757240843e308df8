// SPDX-License-Identifier: Apache-2.0
// What a listener's TLS is made from.
#pragma once

#include "tls/ticket_keys.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace portico::tls {

enum class ClientAuth : std::uint8_t {
  Off,
  Optional,  ///< Who shows a certificate must show a good one.
  Required,
};

enum class Version : std::uint8_t { Tls12, Tls13 };

/// PEM files.
struct KeyPair {
  std::string certificate;  ///< The certificate, then its chain.
  std::string key;
};

struct ContextOptions {
  /// Chosen by SNI, exact names before wildcards; the first one serves everybody else. Two for the
  /// same names with keys of different kinds serve together.
  std::vector<KeyPair> certificates;
  std::string client_ca{};  ///< PEM file; needed but for ClientAuth::Off.
  ClientAuth client_auth = ClientAuth::Off;
  Version least = Version::Tls12;
  std::vector<std::string> protocols{};  ///< For ALPN, the preferred one first; none: no ALPN.
  std::shared_ptr<const TicketKeys> tickets{};  ///< None: sessions are not resumed.
};

}  // namespace portico::tls

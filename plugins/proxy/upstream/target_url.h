// SPDX-License-Identifier: Apache-2.0
// Where one server is, as the file writes it: "http://127.0.0.1:4000", "https://app.internal",
// "unix:/run/app.sock", "https+unix:/run/app.sock".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace portico::proxy {

enum class Scheme : std::uint8_t { Http, Https };

[[nodiscard]] constexpr std::string_view word_of(Scheme scheme) noexcept {
  return scheme == Scheme::Https ? "https" : "http";
}
[[nodiscard]] constexpr std::uint16_t port_of(Scheme scheme) noexcept {
  return scheme == Scheme::Https ? 443 : 80;
}

class TargetUrl {
 public:
  TargetUrl() = default;
  /// Of a text that `fault_of_target` has nothing against.
  explicit TargetUrl(std::string_view text);

  [[nodiscard]] Scheme scheme() const noexcept { return scheme_; }
  /// A name or an address, in lower case and without brackets; empty for a socket in the file
  /// system.
  [[nodiscard]] const std::string& host() const noexcept { return host_; }
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  /// Whether somebody has to be asked where the host is.
  [[nodiscard]] bool is_name() const noexcept { return is_name_; }
  /// As an `Endpoint` wants it: "192.0.2.1:80", "[::1]:80", "unix:/run/app.sock". Requires that the
  /// host is no name.
  [[nodiscard]] std::string address() const;
  /// As a Host says it: "app.internal:8080", "app.internal" on the scheme's own port, "localhost"
  /// for a socket in the file system.
  [[nodiscard]] std::string authority() const;

 private:
  friend std::string fault_of_target(std::string_view text);
  /// What is wrong with it; empty when nothing is.
  std::string read(std::string_view text);
  std::string read_socket(std::string_view path);
  std::string read_authority(std::string_view text);
  std::string read_host(std::string_view text);
  std::string read_port(std::string_view text);

  Scheme scheme_ = Scheme::Http;
  std::string host_;
  std::string socket_;
  std::uint16_t port_ = 0;
  bool is_name_ = false;
};

/// What is wrong with a target, as a sentence that says what to write instead; empty when nothing
/// is.
[[nodiscard]] std::string fault_of_target(std::string_view text);

// Where a route ends: at an upstream by its name, or at one server.

/// Whether it is a server's address rather than a name.
[[nodiscard]] bool is_url(std::string_view upstream) noexcept;
/// What is wrong with either, as `fault_of_target` says it.
[[nodiscard]] std::string fault_of_upstream(std::string_view upstream);

/// As a Host says it: without the scheme's own port.
[[nodiscard]] std::string authority_of(std::string_view host, std::uint16_t port, Scheme scheme);

/// "192.0.2.1:80", "[2001:db8::1]:80".
[[nodiscard]] std::string with_port(std::string_view address, std::uint16_t port);

}  // namespace portico::proxy

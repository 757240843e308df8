// SPDX-License-Identifier: Apache-2.0
#include "smtp/tls.h"

#include <array>
#include <climits>
#include <new>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace portico::notify::smtp {
namespace {

bool is_network_address(const std::string& host) noexcept {
  std::array<unsigned char, sizeof(in6_addr)> parsed{};
  return ::inet_pton(AF_INET, host.c_str(), parsed.data()) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), parsed.data()) == 1;
}

bool trust(SSL_CTX* context, const SmtpServer& server) {
  SSL_CTX_set_verify(context, server.verify ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
  if (!server.verify || server.ca_file.empty()) return true;
  X509_STORE_set_flags(SSL_CTX_get_cert_store(context), X509_V_FLAG_PARTIAL_CHAIN);
  return SSL_CTX_load_verify_file(context, server.ca_file.c_str()) == 1;
}

/// Which name the certificate must bear, and which one the server is told that we want.
bool expect(SSL* session, const std::string& host) noexcept {
  if (is_network_address(host)) {
    return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), host.c_str()) == 1;
  }
  SSL_set_hostflags(session, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  // As SSL_set_tlsext_host_name does it, by a cast that is not for C++.
  return SSL_set1_host(session, host.c_str()) == 1 &&
         SSL_ctrl(session, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                  const_cast<char*>(host.c_str())) == 1;
}

std::string queued_fault() {
  const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
  return reason == nullptr ? "no reason given" : reason;
}

}  // namespace

void TlsContext::Release::operator()(ssl_ctx_st* context) const noexcept { SSL_CTX_free(context); }
void TlsEngine::Release::operator()(ssl_st* session) const noexcept { SSL_free(session); }

TlsContext::TlsContext(const SmtpServer& server)
    : handle_(SSL_CTX_new(TLS_client_method())),
      host_(server.host),
      trusts_the_system_(server.verify && server.ca_file.empty()) {
  ERR_clear_error();
  if (!handle_) throw std::bad_alloc();
  SSL_CTX_set_options(handle_.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_mode(handle_.get(), SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(handle_.get(), SSL_SESS_CACHE_OFF);
  const bool ready = SSL_CTX_set_min_proto_version(handle_.get(), TLS1_2_VERSION) == 1 &&
                     trust(handle_.get(), server);
  const std::string fault = ready ? std::string() : queued_fault();
  ERR_clear_error();
  if (!ready) {
    throw std::invalid_argument(
        "The authorities for the mail server's certificate cannot be read: " + fault + ".");
  }
}

void TlsContext::trust_the_system() const {
  if (!trusts_the_system_) return;
  // Without them nobody is trusted, which the handshake says.
  std::call_once(read_, [this] { SSL_CTX_set_default_verify_paths(handle_.get()); });
}

TlsEngine::TlsEngine(const TlsContext& context) : session_(SSL_new(context.handle_.get())) {
  context.trust_the_system();
  if (!session_) throw std::bad_alloc();
  BIO* const input = BIO_new(BIO_s_mem());
  BIO* const output = BIO_new(BIO_s_mem());
  SSL_set_bio(session_.get(), input, output);
  if (input == nullptr || output == nullptr || !expect(session_.get(), context.host_)) {
    throw std::bad_alloc();
  }
  SSL_set_connect_state(session_.get());
  ERR_clear_error();
}

TlsEngine::Io TlsEngine::outcome_of(int result) noexcept {
  const int error = SSL_get_error(session_.get(), result);
  if (error == SSL_ERROR_WANT_READ) return Io::NeedsInput;
  if (error == SSL_ERROR_ZERO_RETURN) return Io::Closed;
  const bool verifies = SSL_get_verify_mode(session_.get()) != SSL_VERIFY_NONE;
  const long verified = verifies ? SSL_get_verify_result(session_.get()) : X509_V_OK;
  fault_ = verified == X509_V_OK ? "TLS failed: " + queued_fault() + "."
                                 : std::string("The mail server's certificate is not accepted: ") +
                                       X509_verify_cert_error_string(verified) + ".";
  return Io::Broken;
}

TlsEngine::Io TlsEngine::handshake() noexcept {
  const int result = SSL_do_handshake(session_.get());
  const Io io = result == 1 ? Io::Done : outcome_of(result);
  ERR_clear_error();
  return io;
}

TlsEngine::Got TlsEngine::read(std::span<char> room) noexcept {
  std::size_t bytes = 0;
  const int result = SSL_read_ex(session_.get(), room.data(), room.size(), &bytes);
  const Io io = result == 1 ? Io::Done : outcome_of(result);
  ERR_clear_error();
  return {io, bytes};
}

bool TlsEngine::write(std::string_view bytes) noexcept {
  std::size_t written = 0;
  const int result = SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &written);
  const bool whole = result == 1 && written == bytes.size();
  if (!whole) static_cast<void>(outcome_of(result));
  ERR_clear_error();
  return whole;
}

void TlsEngine::shut_down() noexcept {
  SSL_shutdown(session_.get());
  ERR_clear_error();
}

void TlsEngine::feed(std::string_view bytes) {
  const int size = static_cast<int>(bytes.size());
  if (BIO_write(SSL_get_rbio(session_.get()), bytes.data(), size) != size) throw std::bad_alloc();
}

std::string TlsEngine::output() {
  BIO* const out = SSL_get_wbio(session_.get());
  std::string bytes(BIO_ctrl_pending(out), '\0');
  if (!bytes.empty()) BIO_read(out, bytes.data(), static_cast<int>(bytes.size()));
  return bytes;
}

}  // namespace portico::notify::smtp

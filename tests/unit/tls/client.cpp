// SPDX-License-Identifier: Apache-2.0
#include "unit/tls/client.h"

#include "tls/certificate_facts.h"

#include <csignal>
#include <filesystem>
#include <stdexcept>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace portico::tls {

Line::Line(int room) {
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends_) != 0) {
    throw std::runtime_error("socketpair");
  }
  for (const int end : ends_) {
    if (room != 0) ::setsockopt(end, SOL_SOCKET, SO_SNDBUF, &room, sizeof(room));
  }
}

Line::~Line() {
  ::close(ends_[0]);
  close_far();
}

void Line::close_far() noexcept {
  if (ends_[1] >= 0) ::close(ends_[1]);
  ends_[1] = -1;
}

void Line::say(std::string_view bytes) const {
  if (::send(ends_[1], bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(bytes.size())) {
    throw std::runtime_error("send");
  }
}

Client::Client(const Line& line, const ClientOptions& options)
    : context_(SSL_CTX_new(TLS_client_method())) {
  std::signal(SIGPIPE, SIG_IGN);  // NOLINT: OpenSSL's own BIO raises it.
  SSL_CTX_set_security_level(context_.get(), 0);
  SSL_CTX_set_session_cache_mode(context_.get(), SSL_SESS_CACHE_CLIENT);
  SSL_CTX_set_min_proto_version(context_.get(), options.least);
  SSL_CTX_set_max_proto_version(context_.get(), options.most);
  if (options.ciphers != nullptr) SSL_CTX_set_cipher_list(context_.get(), options.ciphers);
  if (options.certificate != nullptr) {
    SSL_CTX_use_certificate(context_.get(), options.certificate->certificate.get());
    SSL_CTX_use_PrivateKey(context_.get(), options.certificate->key.get());
  }
  ssl_.reset(SSL_new(context_.get()));
  SSL_set_fd(ssl_.get(), line.far());
  if (!options.name.empty()) {
    SSL_ctrl(ssl_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
             const_cast<char*>(options.name.c_str()));
  }
  SSL_set_alpn_protos(ssl_.get(), reinterpret_cast<const unsigned char*>(options.protocols.data()),
                      static_cast<unsigned int>(options.protocols.size()));
  if (options.session != nullptr) SSL_set_session(ssl_.get(), options.session);
  SSL_set_connect_state(ssl_.get());
}

Io Client::meet(Session& session) {
  Io io = Io::WantRead;
  for (int round = 0; round < 10; ++round) {
    met_ = SSL_do_handshake(ssl_.get()) == 1;
    if (io == Io::WantRead || io == Io::WantWrite) io = session.handshake();
    clear_errors();
  }
  return io;
}

void Client::say(std::string_view text) {
  if (SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size())) !=
      static_cast<int>(text.size())) {
    throw std::runtime_error(take_error());
  }
}

std::string Client::hear() {
  std::string text(1 << 16, '\0');
  std::size_t got = 0;
  std::size_t filled = 0;
  while (filled < text.size() &&
         SSL_read_ex(ssl_.get(), text.data() + filled, text.size() - filled, &got) == 1) {
    filled += got;
  }
  clear_errors();
  text.resize(filled);
  return text;
}

std::string Client::shown() const {
  const X509* certificate = SSL_get0_peer_certificate(ssl_.get());
  return certificate == nullptr ? "" : text_of(X509_get_subject_name(certificate));
}

std::unique_ptr<SSL_SESSION, Freed<SSL_SESSION_free>> Client::ticket() const {
  // A copy: the original is good for nothing once its connection ends without a farewell.
  return std::unique_ptr<SSL_SESSION, Freed<SSL_SESSION_free>>(
      SSL_SESSION_dup(SSL_get0_session(ssl_.get())));
}

KeyPair Wallet::store(std::string_view name, const Certified& certified) const {
  const std::string stem(name);
  KeyPair files{folder_.write(stem + ".crt", certified.certificate_pem()),
                folder_.write(stem + ".key", certified.key_pem())};
  std::filesystem::permissions(
      files.key, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  return files;
}

std::string hear(Session& session) {
  std::string text(1 << 16, '\0');
  text.resize(session.read(text).bytes);
  return text;
}

}  // namespace portico::tls

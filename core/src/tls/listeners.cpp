// SPDX-License-Identifier: Apache-2.0
#include "tls/listeners.h"

#include "tls/credentials.h"

#include <utility>

namespace portico::tls {

namespace {

ClientAuth client_auth(const config::ListenerTls& tls) {
  if (tls.client_ca.empty()) return ClientAuth::Off;
  return tls.client_auth == config::ClientAuth::Optional ? ClientAuth::Optional
                                                         : ClientAuth::Required;
}

ContextOptions options_of(const config::Listener& listener) {
  const config::ListenerTls& tls = *listener.tls;
  ContextOptions options;
  for (const config::ListenerCertificate& pair : tls.all) {
    options.certificates.push_back({pair.certificate, pair.key});
  }
  options.client_ca = tls.client_ca;
  options.client_auth = client_auth(tls);
  options.least = tls.min_version == config::TlsVersion::Tls13 ? Version::Tls13 : Version::Tls12;
  if (listener.http2 == config::Http2::On) options.protocols.emplace_back("h2");
  options.protocols.emplace_back("http/1.1");
  return options;
}

/// Where in the settings the file of a finding is named.
std::pair<config::Mark, std::string> place_of(const Finding& finding,
                                              const config::ListenerTls& tls,
                                              const std::string& path) {
  if (finding.role == Finding::Role::ClientCa) {
    return {tls.client_ca_mark, config::child_path(path, "client_ca")};
  }
  const config::ListenerCertificate& pair = tls.all[finding.pair];
  if (finding.role == Finding::Role::Key) {
    return {pair.key_mark, config::child_path(pair.path, "key")};
  }
  return {pair.certificate_mark, config::child_path(pair.path, "certificate")};
}

void tell(const Finding& finding, const config::ListenerTls& tls, const std::string& path,
          config::Problems& problems) {
  const auto [mark, at] = place_of(finding, tls, path);
  if (finding.severity == Finding::Severity::Error) {
    problems.error(mark, at, finding.what, finding.remedy);
  } else {
    problems.warning(mark, at, finding.what, finding.remedy);
  }
}

std::shared_ptr<const Context> make_context(const config::Listener& listener,
                                            const std::string& path,
                                            const std::shared_ptr<const TicketKeys>& tickets,
                                            std::chrono::microseconds now,
                                            config::Problems& problems) {
  ContextOptions options = options_of(listener);
  options.tickets = tickets;
  const Credentials credentials = read_credentials(options, now);
  for (const Finding& finding : credentials.findings) {
    tell(finding, *listener.tls, path, problems);
  }
  if (!credentials.usable() || credentials.identities.empty()) return nullptr;
  auto made = Context::make(options, credentials);
  if (made) return *std::move(made);
  problems.error(listener.tls->all.front().certificate_mark, path, made.error());
  return nullptr;
}

}  // namespace

std::vector<std::shared_ptr<const Context>> make_contexts(
    const config::Settings& settings, const std::shared_ptr<const TicketKeys>& tickets,
    std::chrono::microseconds now, config::Problems& problems) {
  std::vector<std::shared_ptr<const Context>> contexts;
  for (std::size_t i = 0; i < settings.listen.size(); ++i) {
    const config::Listener& listener = settings.listen[i];
    const std::string path = config::child_path(config::item_path("listen", i), "tls");
    contexts.push_back(listener.tls ? make_context(listener, path, tickets, now, problems)
                                    : nullptr);
  }
  return contexts;
}

std::vector<std::string> files_of(const config::Settings& settings) {
  std::vector<std::string> files;
  for (const config::Listener& listener : settings.listen) {
    if (!listener.tls) continue;
    for (const config::ListenerCertificate& pair : listener.tls->all) {
      files.push_back(pair.certificate);
      files.push_back(pair.key);
    }
    if (!listener.tls->client_ca.empty()) files.push_back(listener.tls->client_ca);
  }
  return files;
}

}  // namespace portico::tls

// SPDX-License-Identifier: Apache-2.0
// What of a listener's TLS can be said without reading its files.
#include "config/settings_check.h"
#include "config/settings_places.h"

namespace portico::config {

namespace {

/// The mark of the value under `key`, or of what it should stand in.
Mark mark_of(const Node& node, std::string_view key) {
  const Node* value = node.find(key);
  return value == nullptr ? node.mark() : value->mark();
}

bool written(const Node& node, std::string_view key) {
  const Node* value = node.find(key);
  return value != nullptr && !value->is_null();
}

void place(ListenerCertificate& pair, const Node& node, std::string path) {
  pair.path = std::move(path);
  pair.certificate_mark = mark_of(node, "certificate");
  pair.key_mark = mark_of(node, "key");
}

void check_pair(const SettingsPlaces& places, const Node& node, const std::string& path) {
  const bool certificate = written(node, "certificate");
  const bool key = written(node, "key");
  if (certificate && !key) {
    places.error(node.mark(), path + ".key", "the certificate has no key", "add it: a text");
  }
  if (key && !certificate) {
    places.error(node.mark(), path + ".certificate", "the key has no certificate",
                 "add it: a text");
  }
  if (!certificate && !key && !written(node, "certificates")) {
    places.error(node.mark(), path + ".certificate", "TLS needs a certificate",
                 "add `certificate` and `key`, or a list of `certificates`");
  }
}

}  // namespace

void check_tls(const SettingsPlaces& places, ListenerTls& tls, const Node& node,
               const std::string& path) {
  if (!node.is_map()) return;  // Refused already.
  check_pair(places, node, path);
  tls.all.clear();
  if (!tls.certificate.empty()) {
    place(tls.all.emplace_back(ListenerCertificate{tls.certificate, tls.key, {}, {}, {}}), node,
          path);
  }
  for (std::size_t i = 0; i < tls.certificates.size(); ++i) {
    place(tls.all.emplace_back(tls.certificates[i]), node.find("certificates")->item(i),
          item_path(child_path(path, "certificates"), i));
  }
  tls.client_ca_mark = mark_of(node, "client_ca");
  // A `client_ca` that is no text was refused already.
  const Node* authority = node.find("client_ca");
  const bool none = authority == nullptr || authority->is_null() || authority->is_scalar();
  if (written(node, "client_auth") && tls.client_ca.empty() && none) {
    places.error(mark_of(node, "client_auth"), path + ".client_auth",
                 "there is no authority for clients' certificates",
                 "name its file by `client_ca`, or leave this out");
  }
  if (written(node, "certificates") && tls.certificates.empty() && tls.certificate.empty()) {
    places.error(mark_of(node, "certificates"), path + ".certificates", "TLS needs a certificate",
                 "list one, or add `certificate` and `key`");
  }
}

}  // namespace portico::config

// SPDX-License-Identifier: Apache-2.0
#include "tls/client_certificate.h"

#include "tls/certificate_facts.h"

namespace portico::tls {

ClientCertificate ClientCertificate::of(const x509_st& certificate) {
  ClientCertificate client;
  client.subject = text_of(X509_get_subject_name(&certificate));
  client.issuer = text_of(X509_get_issuer_name(&certificate));
  client.serial = serial_of(certificate);
  client.names = alternative_names(certificate);
  client.fingerprint = fingerprint_of(certificate);
  return client;
}

}  // namespace portico::tls

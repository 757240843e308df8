// SPDX-License-Identifier: Apache-2.0
#include "tls/certificate_facts.h"

#include "base/hex.h"
#include "base/text.h"
#include "config/units.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <ctime>
#include <span>
#include <string_view>

#include <openssl/x509v3.h>

namespace portico::tls {

namespace {

using Names = std::unique_ptr<GENERAL_NAMES, Freed<GENERAL_NAMES_free>>;

Names names_of(const X509& certificate) {
  Names names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
  clear_errors();
  return names;
}

std::string_view view(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::string ip_text(std::string_view bytes) {
  config::Address address{};
  if (bytes.size() == 4) {
    address[10] = address[11] = 0xFF;
  } else if (bytes.size() != address.size()) {
    return {};
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    address[address.size() - bytes.size() + i] = static_cast<unsigned char>(bytes[i]);
  }
  return "IP:" + config::print_ip(address);
}

/// "a.example\0.evil" would pass for a.example where C reads it.
std::string plain(std::string_view kind, const ASN1_STRING* text) {
  const std::string_view name = view(text);
  const auto graphic = [](char c) { return c > ' ' && c < '\x7F'; };
  if (name.empty() || !std::ranges::all_of(name, graphic)) return {};
  return std::string(kind).append(name);
}

std::string name_text(const GENERAL_NAME& name) {
  switch (name.type) {
    case GEN_DNS: return plain("DNS:", name.d.dNSName);
    case GEN_EMAIL: return plain("email:", name.d.rfc822Name);
    case GEN_URI: return plain("URI:", name.d.uniformResourceIdentifier);
    case GEN_IPADD: return ip_text(view(name.d.iPAddress));
    default: return {};
  }
}

std::string common_name(const X509& certificate) {
  const X509_NAME* subject = X509_get_subject_name(&certificate);
  const int index = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (index < 0) return {};
  return plain("", X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, index)));
}

std::string hexadecimal(const unsigned char* bytes, std::size_t size) {
  return base::hex(std::as_bytes(std::span(bytes, size)));
}

}  // namespace

std::string text_of(const X509_NAME* name) {
  const BioHandle out(BIO_new(BIO_s_mem()));
  if (!out || X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253) < 0) return {};
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return size <= 0 ? std::string() : std::string(text, static_cast<std::size_t>(size));
}

std::string serial_of(const X509& certificate) {
  const ASN1_INTEGER* serial = X509_get0_serialNumber(&certificate);
  return hexadecimal(ASN1_STRING_get0_data(serial),
                     static_cast<std::size_t>(ASN1_STRING_length(serial)));
}

std::string fingerprint_of(const X509& certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (X509_digest(&certificate, EVP_sha256(), digest.data(), &size) != 1) return {};
  return hexadecimal(digest.data(), size);
}

std::vector<std::string> alternative_names(const X509& certificate) {
  std::vector<std::string> texts;
  const Names names = names_of(certificate);
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    std::string text = name_text(*sk_GENERAL_NAME_value(names.get(), i));
    if (!text.empty()) texts.push_back(std::move(text));
  }
  return texts;
}

std::vector<std::string> host_names(const X509& certificate) {
  constexpr std::string_view Dns = "DNS:";
  std::vector<std::string> hosts;
  for (const std::string& name : alternative_names(certificate)) {
    if (name.starts_with(Dns)) hosts.push_back(base::to_lower(name.substr(Dns.size())));
  }
  if (!names_of(certificate)) {
    std::string name = base::to_lower(common_name(certificate));
    if (!name.empty()) hosts.push_back(std::move(name));
  }
  std::ranges::sort(hosts);
  const auto repeated = std::ranges::unique(hosts);
  hosts.erase(repeated.begin(), repeated.end());
  return hosts;
}

std::string date_text(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return "an unreadable date";
  std::array<char, 32> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S UTC", &parts);
  return {text.data(), size};
}

}  // namespace portico::tls

// SPDX-License-Identifier: Apache-2.0
#include "webhook/signature.h"

#include "webhook/base64.h"
#include "webhook/hmac.h"
#include "webhook/key_pair.h"
#include "webhook/message_id.h"

#include <stdexcept>

namespace portico::notify::webhook {
namespace {

std::string checked_content(std::string_view id, std::chrono::seconds time, std::string_view body) {
  if (!is_message_id(id)) throw std::invalid_argument("this is no id of a webhook");
  if (time.count() < 0) throw std::invalid_argument("no webhook was sent before 1970");
  return signed_content(id, std::to_string(time.count()), body);
}

}  // namespace

std::string signed_content(std::string_view id, std::string_view time, std::string_view body) {
  std::string content;
  content.reserve(id.size() + time.size() + body.size() + 2);
  return content.append(id).append(1, '.').append(time).append(1, '.').append(body);
}

std::string sign_v1(std::string_view secret, std::string_view id, std::chrono::seconds time,
                    std::string_view body) {
  return "v1," + base64(hmac_sha256(secret, checked_content(id, time, body)));
}

std::string sign_v1a(std::string_view private_key, std::string_view id, std::chrono::seconds time,
                     std::string_view body) {
  return "v1a," + base64(ed25519_signature(private_key, checked_content(id, time, body)));
}

std::string signature_header(std::span<const SigningSecret> secrets, std::string_view id,
                             std::chrono::seconds time, std::string_view body,
                             std::chrono::microseconds now) {
  std::string header;
  for (const SigningSecret& each : secrets) {
    if (!each.valid(now)) continue;
    const auto sign = each.secret.kind() == Secret::Kind::Shared ? sign_v1 : sign_v1a;
    if (!header.empty()) header += ' ';
    header += sign(each.secret.bytes(), id, time, body);
  }
  if (header.empty()) throw std::invalid_argument("no secret of the endpoint is valid");
  return header;
}

}  // namespace portico::notify::webhook

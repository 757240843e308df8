// SPDX-License-Identifier: Apache-2.0
#include "gate/request_attributes.h"

#include "gate/claim.h"

#include <optional>

namespace portico::rbac {
namespace {

constexpr std::string_view Claims = "claims.";
constexpr std::string_view QueryPart = "query.";
constexpr std::string_view HeaderPart = "header.";

/// What is empty was not said.
Value said(std::string_view text) noexcept {
  if (text.empty()) return {};
  return text;
}

Value said(std::optional<std::string_view> text) noexcept {
  if (!text) return {};
  return *text;
}

}  // namespace

Value RequestAttributes::find(const Attribute& attribute) const noexcept {
  switch (attribute.root) {
    case Root::Subject: return of_subject(attribute.path);
    case Root::Resource: return of_resource(attribute.path);
    case Root::Context: return of_context(attribute.path);
  }
  return {};
}

Value RequestAttributes::of_subject(std::string_view path) const noexcept {
  if (path == "id") return said(caller_.subject);
  if (path == "session") return said(caller_.session);
  if (path == "issuer") return said(caller_.issuer);
  if (path.starts_with(Claims)) return claim_of(caller_.claims, path.substr(Claims.size()));
  return {};
}

Value RequestAttributes::of_resource(std::string_view path) const noexcept {
  if (path == "owner" && !use_.owner.param.empty()) return said(request_.param(use_.owner.param));
  for (const auto& [name, text] : use_.resource) {
    if (name == path) return said(text.render(request_));
  }
  return {};
}

Value RequestAttributes::of_context(std::string_view path) const noexcept {
  if (path == "method") return said(request_.method());
  if (path == "path") return said(request_.path());
  if (path == "host") return said(request_.host());
  if (path == "scheme") return said(request_.scheme());
  if (path == "ip") return said(request_.client_address());
  if (path.starts_with(QueryPart)) return said(request_.query(path.substr(QueryPart.size())));
  if (path.starts_with(HeaderPart))
    return said(request_.headers().get(path.substr(HeaderPart.size())));
  return {};
}

}  // namespace portico::rbac

// SPDX-License-Identifier: Apache-2.0
// What conditions find when a route asks: of the caller, of the thing that the file describes, and
// of the request. On a loop; takes memory of the request alone.
//
//   subject.id  subject.session  subject.issuer  subject.claims.NAME[.NAME...]
//   resource.owner  resource.NAME      as `owner` and `resource` of the place of use say
//   context.method .path .host .scheme .ip .query.NAME .header.NAME
#pragma once

#include "condition/attributes.h"
#include "gate/use.h"
#include <portico/http.h>
#include <portico/identity.h>

#include <chrono>
#include <string_view>

namespace portico::rbac {

class RequestAttributes final : public Attributes {
 public:
  /// All of them outlive this.
  RequestAttributes(const Request& request, const Principal& caller, const Use& use) noexcept
      : request_(request), caller_(caller), use_(use) {}

  [[nodiscard]] Value find(const Attribute& attribute) const noexcept override;
  [[nodiscard]] std::chrono::microseconds time() const noexcept override {
    return request_.unix_time();
  }

 private:
  [[nodiscard]] Value of_subject(std::string_view path) const noexcept;
  [[nodiscard]] Value of_resource(std::string_view path) const noexcept;
  [[nodiscard]] Value of_context(std::string_view path) const noexcept;

  const Request& request_;
  const Principal& caller_;
  const Use& use_;
};

}  // namespace portico::rbac

// SPDX-License-Identifier: Apache-2.0
// The compiled form of a Template: literal text and variables in turn. Immutable and shared by
// copies of the Template.
#pragma once

#include "http/request_state.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portico::detail {

struct TemplateProgram {
  enum class Kind : std::uint8_t {
    RequestId,
    RequestMethod,
    RequestPath,
    RequestHost,
    RequestScheme,
    RequestQuery,
    ClientAddress,
    CertificateSubject,
    CertificateIssuer,
    CertificateSerial,
    CertificateNames,
    CertificateFingerprint,
    UserId,
    Param,
    Header,
    Query,
    Cookie,
  };
  struct Variable {
    std::string name;      ///< As written: "header.Accept".
    std::string argument;  ///< "Accept"; empty for variables without one.
    Kind kind;
    std::string literal;  ///< The text behind it.
  };

  /// Throws std::invalid_argument with what is wrong and what to do.
  [[nodiscard]] static TemplateProgram* compile(std::string_view text);
  [[nodiscard]] std::string_view render(const http::RequestState& request) const;

  void hold() noexcept { holders.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept {
    if (holders.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
  }

  std::atomic<std::uint32_t> holders{1};
  std::string source;
  std::string prefix;  ///< The text before the first variable.
  std::vector<Variable> variables;
};

}  // namespace portico::detail

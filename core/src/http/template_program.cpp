// SPDX-License-Identifier: Apache-2.0
#include "http/template_program.h"

#include "base/text.h"
#include "http/header_list.h"
#include "tls/client_certificate.h"
#include <portico/identity.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

namespace portico::detail {

namespace {

using Kind = TemplateProgram::Kind;

struct Known {
  std::string_view name;
  Kind kind;
};

constexpr std::array Plain = {
    Known{"request.id", Kind::RequestId},
    Known{"request.method", Kind::RequestMethod},
    Known{"request.path", Kind::RequestPath},
    Known{"request.host", Kind::RequestHost},
    Known{"request.scheme", Kind::RequestScheme},
    Known{"request.query", Kind::RequestQuery},
    Known{"client.address", Kind::ClientAddress},
    Known{"user.id", Kind::UserId},
    Known{"client.certificate.subject", Kind::CertificateSubject},
    Known{"client.certificate.issuer", Kind::CertificateIssuer},
    Known{"client.certificate.serial", Kind::CertificateSerial},
    Known{"client.certificate.names", Kind::CertificateNames},
    Known{"client.certificate.fingerprint", Kind::CertificateFingerprint},
};

// Followed by a name.
constexpr std::array Families = {
    Known{"path.", Kind::Param},
    Known{"header.", Kind::Header},
    Known{"query.", Kind::Query},
    Known{"cookie.", Kind::Cookie},
};

[[noreturn]] void refuse(const std::string& sentence) { throw std::invalid_argument(sentence); }

[[noreturn]] void refuse_unknown(std::string_view name) {
  std::vector<std::string_view> candidates;
  candidates.reserve(Plain.size());
  for (const Known& known : Plain) candidates.push_back(known.name);
  std::string families;
  for (const Known& known : Families) {
    const std::string_view word = known.name.substr(0, known.name.size() - 1);
    families.append(families.empty() ? "" : ", ").append(word).append(".NAME");
  }
  std::string sentence = "unknown variable \"" + base::escape_control(name) + "\"; ";
  if (const std::string_view meant = base::closest(name, candidates); !meant.empty()) {
    refuse(sentence + "did you mean \"" + std::string(meant) + "\"?");
  }
  refuse(sentence + "known are " + base::join(candidates, ", ") + ", " + families +
         "; a literal brace is \"{{\"");
}

TemplateProgram::Variable resolve(std::string_view name) {
  for (const Known& known : Plain) {
    if (known.name == name) return {std::string(name), {}, known.kind, {}};
  }
  for (const Known& known : Families) {
    if (!name.starts_with(known.name)) continue;
    const std::string_view argument = name.substr(known.name.size());
    if (!is_token(argument)) break;
    return {std::string(name), std::string(argument), known.kind, {}};
  }
  refuse_unknown(name);
}

/// Empty where there is no certificate.
std::string_view certificate_value(Kind kind, const http::RequestState& request) {
  const tls::ClientCertificate* const facts = request.head.certificate;
  if (facts == nullptr) return {};
  switch (kind) {
    case Kind::CertificateSubject: return facts->subject;
    case Kind::CertificateIssuer: return facts->issuer;
    case Kind::CertificateSerial: return facts->serial;
    case Kind::CertificateFingerprint: return facts->fingerprint;
    default: break;
  }
  const std::vector<std::string_view> names(facts->names.begin(), facts->names.end());
  return request.arena.copy(base::join(names, ", "));
}

std::string_view value_of(const TemplateProgram::Variable& variable,
                          const http::RequestState& request) {
  switch (variable.kind) {
    case Kind::RequestId: return request.head.id;
    case Kind::RequestMethod: return request.head.method;
    case Kind::RequestPath: return request.head.path;
    case Kind::RequestHost: return request.head.host;
    case Kind::RequestScheme: return request.head.scheme;
    case Kind::RequestQuery: return request.head.query;
    case Kind::ClientAddress: return request.head.client_address;
    case Kind::CertificateSubject:
    case Kind::CertificateIssuer:
    case Kind::CertificateSerial:
    case Kind::CertificateNames:
    case Kind::CertificateFingerprint: return certificate_value(variable.kind, request);
    case Kind::Param: return request.param(variable.argument).value_or("");
    case Kind::Header: return request.fields.get(variable.argument).value_or("");
    case Kind::Query: return request.query(variable.argument).value_or("");
    case Kind::Cookie: return request.cookie(variable.argument).value_or("");
    case Kind::UserId: break;
  }
  return request.caller == nullptr ? std::string_view() : request.caller->subject;
}

}  // namespace

TemplateProgram* TemplateProgram::compile(std::string_view text) {
  auto program = std::make_unique<TemplateProgram>();
  program->source = text;
  std::string* literal = &program->prefix;
  while (!text.empty()) {
    const std::size_t brace = std::min(text.find_first_of("{}"), text.size());
    literal->append(text.substr(0, brace));
    text.remove_prefix(brace);
    if (text.empty()) break;
    if (text.starts_with("{{") || text.starts_with("}}")) {
      literal->push_back(text.front());
      text.remove_prefix(2);
      continue;
    }
    const std::size_t end = text.find('}');
    if (text.front() == '}') refuse("\"}\" closes nothing; a literal brace is \"}}\"");
    if (end == std::string_view::npos) refuse("\"{\" is not closed; a literal brace is \"{{\"");
    program->variables.push_back(resolve(text.substr(1, end - 1)));
    literal = &program->variables.back().literal;
    text.remove_prefix(end + 1);
  }
  return program.release();
}

std::string_view TemplateProgram::render(const http::RequestState& request) const {
  if (variables.empty()) return prefix;
  auto* const values = request.arena.array<std::string_view>(variables.size());
  std::size_t size = prefix.size();
  for (std::size_t i = 0; i < variables.size(); ++i) {
    ::new (values + i) std::string_view(value_of(variables[i], request));
    size += values[i].size() + variables[i].literal.size();
  }
  char* const text = request.arena.array<char>(size);
  char* end = std::copy(prefix.begin(), prefix.end(), text);
  for (std::size_t i = 0; i < variables.size(); ++i) {
    end = std::copy(values[i].begin(), values[i].end(), end);
    end = std::copy(variables[i].literal.begin(), variables[i].literal.end(), end);
  }
  return {text, size};
}

}  // namespace portico::detail

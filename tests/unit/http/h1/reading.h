// SPDX-License-Identifier: Apache-2.0
// What the tests of the codec share: a head told in one line, and the ways in which its bytes may
// arrive. Every piece is given to the parser in memory of exactly its size, and from elsewhere each
// time: what reads beyond it or keeps a view is found out.
#pragma once

#include "http/h1/request_parser.h"
#include "http/h1/response_parser.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace portico::http::h1 {

inline std::string told(const BodyFraming& body) {
  switch (body.kind) {
    case BodyFraming::Kind::None: return "none";
    case BodyFraming::Kind::Length: return std::to_string(body.length);
    case BodyFraming::Kind::Chunked: return "chunked";
    case BodyFraming::Kind::UntilClose: return "until close";
  }
  return "?";
}

inline std::string told(const Refusal& refusal) {
  return std::to_string(static_cast<unsigned>(refusal.status)) + " " + std::string(refusal.code);
}

inline std::string told(std::span<const Headers::Entry> fields) {
  std::string text;
  for (const Headers::Entry& field : fields) {
    text.append(" | ").append(field.name).append("=").append(field.value);
  }
  return text;
}

/// "GET 1.1 path=/a query=b host=h body=none keep | Host=h"
inline std::string told(const RequestHead& head) {
  std::string text(head.method);
  text.append(head.minor_version == 0 ? " 1.0" : " 1.1");
  if (head.form == TargetForm::Absolute) text.append(" scheme=").append(head.scheme);
  if (head.form == TargetForm::Asterisk) text.append(" asterisk");
  text.append(" path=").append(head.path);
  if (!head.query.empty()) text.append(" query=").append(head.query);
  text.append(" host=").append(head.host).append(" body=").append(told(head.body));
  text.append(head.keep_alive ? " keep" : " close");
  if (head.expects_continue) text.append(" continue");
  if (!head.upgrade.empty()) text.append(" upgrade=").append(head.upgrade);
  return text.append(told(head.fields));
}

/// "200 1.1 reason=OK body=5 keep | Content-Length=5"
inline std::string told(const ResponseHead& head) {
  std::string text = std::to_string(head.status);
  text.append(head.minor_version == 0 ? " 1.0" : " 1.1").append(" reason=").append(head.reason);
  text.append(" body=").append(told(head.body));
  if (head.content_length && head.body.kind != BodyFraming::Kind::Length) {
    text.append(" told=").append(std::to_string(*head.content_length));
  }
  text.append(head.keep_alive ? " keep" : " close");
  if (!head.upgrade.empty()) text.append(" upgrade=").append(head.upgrade);
  return text.append(told(head.fields));
}

/// A parser with what it takes to call it, for requests and responses alike.
struct Requests {
  RequestParser parser;
  explicit Requests(const HeadLimits& limits) : parser(limits) {}
  Parsed parse(std::string_view bytes) { return parser.parse(bytes); }
};
struct Responses {
  ResponseParser parser;
  std::string_view method;
  Responses(const HeadLimits& limits, std::string_view asked) : parser(limits), method(asked) {}
  Parsed parse(std::string_view bytes) { return parser.parse(bytes, method); }
};

/// How a head was read.
struct Reading {
  std::string verdict = "more";
  std::size_t size = 0;  ///< Of the head, when it was Done.

  bool operator==(const Reading&) const = default;
};

template <class Subject>
Reading reading_of(Subject& subject, Parsed parsed) {
  if (parsed == Parsed::More) return {};
  if (parsed == Parsed::Refused) return {told(subject.parser.refusal()), 0};
  return {told(subject.parser.head()), subject.parser.size()};
}

template <class Subject>
Reading read_in_pieces(Subject& subject, std::string_view bytes, std::size_t step) {
  for (std::size_t size = std::min(step, bytes.size());;
       size = std::min(size + step, bytes.size())) {
    const std::vector<char> copy(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    const Parsed parsed = subject.parse({copy.data(), copy.size()});
    if (parsed != Parsed::More || size == bytes.size()) return reading_of(subject, parsed);
  }
}

}  // namespace portico::http::h1

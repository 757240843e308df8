// SPDX-License-Identifier: Apache-2.0
// Everything that the codec refuses, with what it answers.
#pragma once

#include "http/h1/framing.h"

namespace portico::http::h1::faults {

inline constexpr Status ExpectationFailed{417};
inline constexpr Status VersionNotSupported{505};

inline constexpr Refusal Line{Status::BadRequest, "bad_request_line",
                              "The request line is malformed."};
inline constexpr Refusal StatusLine{Status::BadGateway, "bad_status_line",
                                    "The status line is malformed."};
inline constexpr Refusal Target{Status::BadRequest, "bad_target",
                                "The request's target is malformed."};
inline constexpr Refusal TargetTooLong{Status::UriTooLong, "uri_too_long",
                                       "The request's target is too long."};
inline constexpr Refusal Version{VersionNotSupported, "http_version",
                                 "This address speaks HTTP/1.1."};
inline constexpr Refusal Method{Status::NotImplemented, "bad_method",
                                "The request's method is too long."};
inline constexpr Refusal Tunnel{Status::NotImplemented, "not_implemented",
                                "Tunnels are not served."};
inline constexpr Refusal Field{Status::BadRequest, "bad_header", "A header field is malformed."};
inline constexpr Refusal Bytes{Status::BadRequest, "bad_bytes",
                               "The head holds bytes that it must not hold."};
inline constexpr Refusal Host{Status::BadRequest, "bad_host",
                              "A request needs exactly one well-formed Host."};
inline constexpr Refusal Framing{Status::BadRequest, "bad_framing",
                                 "The length of the body is not clear."};
inline constexpr Refusal Expectation{ExpectationFailed, "expectation_failed",
                                     "Only 100-continue may be expected."};
inline constexpr Refusal HeadTooLarge{Status::RequestHeaderFieldsTooLarge, "headers_too_large",
                                      "The header fields are too large."};
inline constexpr Refusal TooManyFields{Status::RequestHeaderFieldsTooLarge, "too_many_headers",
                                       "There are too many header fields."};
inline constexpr Refusal Chunk{Status::BadRequest, "bad_chunk",
                               "The framing of the body is malformed."};
inline constexpr Refusal Overhead{Status::BadRequest, "chunk_overhead",
                                  "The body has more framing than it needs."};
inline constexpr Refusal CutShort{Status::BadRequest, "body_cut_short",
                                  "The body ended before its length."};

}  // namespace portico::http::h1::faults

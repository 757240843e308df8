// SPDX-License-Identifier: Apache-2.0
// The PROXY header: what a prefix says, the whole does not take back.
#include "http/proxy_header.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using portico::http::parse_proxy_header;
using portico::http::ProxyHeader;
using portico::http::h1::Parsed;

void demand(bool holds) {
  if (!holds) std::abort();
}

void compare(const ProxyHeader& whole, const ProxyHeader& part, std::size_t size) {
  if (whole.state == Parsed::More) demand(part.state == Parsed::More);
  if (part.state == Parsed::Refused) demand(whole.state == Parsed::Refused);
  if (whole.state != Parsed::Done) return;
  demand(part.state == (size < whole.size ? Parsed::More : Parsed::Done));
  if (part.state != Parsed::Done) return;
  demand(part.size == whole.size && part.source == whole.source &&
         part.destination == whole.destination);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const ProxyHeader whole = parse_proxy_header(bytes);
  demand(whole.size <= size && whole.size <= ProxyHeader::MostBytes);
  demand((whole.state == Parsed::Done) == (whole.size != 0));
  demand(whole.source.has_value() == whole.destination.has_value());
  if (size > ProxyHeader::MostBytes) demand(whole.state != Parsed::More);
  for (std::size_t part = 0; part < size && part < ProxyHeader::MostBytes; ++part) {
    compare(whole, parse_proxy_header(bytes.substr(0, part)), part);
  }
  return 0;
}

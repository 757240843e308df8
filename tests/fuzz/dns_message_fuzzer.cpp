// SPDX-License-Identifier: Apache-2.0
// Answers of name servers: whatever is in one, no more is taken than is promised, and every target
// is a name.
#include "loop/dns/message.h"
#include "loop/dns/name.h"

#include <cstdint>
#include <cstdlib>
#include <span>

using namespace portico::loop::dns;

namespace {

template <class T>
void check(const Answer<T>& answer) {
  const bool found = answer.outcome == Outcome::Found;
  if (found == answer.found.empty() || answer.found.size() > MostRecords) std::abort();
  if (answer.ttl < answer.ttl.zero()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span message(data, size);
  check(read_addresses(message, RecordType::A));
  check(read_addresses(message, RecordType::Aaaa));
  const Services services = read_services(message);
  check(services);
  for (const Service& service : services.found) {
    if (!is_name(service.target)) std::abort();
  }
  return 0;
}

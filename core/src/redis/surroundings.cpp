// SPDX-License-Identifier: Apache-2.0
#include "redis/surroundings.h"

#include "base/random.h"

#include <span>

namespace portico::redis {

Surroundings::Surroundings(loop::Loop& its_loop)
    : loop(its_loop), record_buffer_(std::make_unique_for_overwrite<tls::RecordBuffer>()) {
  base::fill_random(std::as_writable_bytes(std::span(&seed_, 1)));
  seed_ |= 1;
}

Surroundings::~Surroundings() = default;

loop::dns::Resolver& Surroundings::resolver(const std::vector<std::string>& name_servers) {
  if (!resolver_) {
    resolver_ =
        std::make_unique<loop::dns::Resolver>(loop, loop::dns::Options{.servers = name_servers});
  }
  return *resolver_;
}

// xorshift64: good enough that nodes do not come back all at once.
double Surroundings::chance() noexcept {
  seed_ ^= seed_ << 13;
  seed_ ^= seed_ >> 7;
  seed_ ^= seed_ << 17;
  return static_cast<double>(seed_ >> 11) * 0x1.0p-53;
}

}  // namespace portico::redis

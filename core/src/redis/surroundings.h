// SPDX-License-Identifier: Apache-2.0
// What the connections of one loop share.
#pragma once

#include "loop/dns/resolver.h"
#include "loop/loop.h"
#include "tls/session.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace portico::redis {

class Surroundings {
 public:
  explicit Surroundings(loop::Loop& its_loop);
  Surroundings(const Surroundings&) = delete;
  Surroundings& operator=(const Surroundings&) = delete;
  ~Surroundings();

  loop::Loop& loop;

  [[nodiscard]] std::chrono::nanoseconds now() const noexcept { return loop.clock().now(); }
  /// Made when the first name is to be resolved. Throws what `Resolver` throws.
  [[nodiscard]] loop::dns::Resolver& resolver(const std::vector<std::string>& name_servers);
  [[nodiscard]] tls::RecordBuffer& record_buffer() noexcept { return *record_buffer_; }
  /// From 0 to 1.
  [[nodiscard]] double chance() noexcept;

 private:
  std::unique_ptr<loop::dns::Resolver> resolver_;
  std::unique_ptr<tls::RecordBuffer> record_buffer_;
  std::uint64_t seed_;
};

}  // namespace portico::redis

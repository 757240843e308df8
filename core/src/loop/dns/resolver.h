// SPDX-License-Identifier: Apache-2.0
// Resolves names for one loop, on that loop: no thread, nothing that blocks but a look into the
// hosts file. For the loop's thread, or for any one before it runs; it goes when the loop does not
// run, or in a task of it.
//
// Each lookup calls back exactly once, in a later step of a turn, unless its `Lookup` went before;
// that may happen at any time, also within a callback. Its end comes within `Options::deadline`.
// Nothing is kept: how long an answer is good, and what stands in for it when there is none, is up
// to the caller.
#pragma once

#include "loop/dns/answer.h"
#include "loop/dns/channel.h"
#include "loop/dns/inquiry.h"
#include "loop/dns/lookup.h"
#include "loop/dns/options.h"
#include "loop/loop.h"
#include <portico/callable.h>

#include <memory>
#include <string_view>
#include <vector>

#include <sys/stat.h>

namespace portico::loop::dns {

class Resolver final : Inquiry::Home {
 public:
  /// Throws std::runtime_error, and std::invalid_argument for a server that is none.
  explicit Resolver(Loop& loop, Options options = {});
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;
  ~Resolver();

  /// A and AAAA together, or what the hosts file has of either. `done` must not throw.
  Lookup addresses(std::string_view name, Callable<void(Addresses)> done);
  /// SRV. `done` must not throw.
  Lookup services(std::string_view name, Callable<void(Services)> done);

 private:
  template <class T>
  class Of;

  template <class T>
  Of<T>& add(Callable<void(Answer<T>)> done);
  void follow_system();

  Loop& loop_;
  const Options options_;
  struct stat read_from_ {};
  std::unique_ptr<Channel> channel_;
  std::vector<std::unique_ptr<Inquiry>> inquiries_;
};

}  // namespace portico::loop::dns

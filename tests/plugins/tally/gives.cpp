// SPDX-License-Identifier: Apache-2.0
// Provides the service "tally/1". The count outlives reloads.
#include "tally.h"
#include <portico/sdk.h>

#include <atomic>
#include <memory>

namespace {

using namespace portico;

class Gives final : public Plugin, public Tally {
 public:
  using Config = NoSettings;
  static constexpr Info info{"gives", "1.0.0", "Provides a tally"};

  Gives(const Config&, Host& host)
      : count_(host.keep<std::atomic<std::uint64_t>>(
            "count", [] { return std::make_shared<std::atomic<std::uint64_t>>(0); })) {}

  void setup(Registrar& r) override { r.provide<Tally>(ServiceName, *this); }
  std::uint64_t count() noexcept override { return ++*count_; }

 private:
  std::shared_ptr<std::atomic<std::uint64_t>> count_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Gives)

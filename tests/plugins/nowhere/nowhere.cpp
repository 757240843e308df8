// SPDX-License-Identifier: Apache-2.0
// A channel of `notify` that is done at once: what a delivery costs without anybody to deliver to.
#include <portico/sdk.h>

namespace {

using namespace portico;

class Nowhere final : public Plugin, public Channel {
 public:
  using Config = NoSettings;
  static constexpr Info info{"nowhere", "1.0.0", "A channel that is done at once"};

  Nowhere(const Config&, Host& host) : channels_(host.require<Channels>(Channels::ServiceName)) {}

  void setup(Registrar&) override {}
  void start() override { channels_->add(*this); }

  std::string_view name() const noexcept override { return "nowhere"; }
  std::string fault_of(std::string_view) const override { return {}; }
  Carried carry(const Parcel&) override { return {.kind = Carried::Kind::Sent}; }

 private:
  Host::Service<Channels> channels_;
};

}  // namespace

PORTICO_EXPORT_PLUGIN(Nowhere)

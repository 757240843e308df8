// SPDX-License-Identifier: Apache-2.0
// What plugins keep under the gateway's secret. Each has purposes of its own: what one has sealed,
// no other opens.
#include "plugin/host_state.h"

#include <stdexcept>

namespace portico {
namespace {

using plugin::HostState;

base::Sealer& sealer_of(const HostState& state) {
  if (state.process.sealer != nullptr) return *state.process.sealer;
  throw std::runtime_error("there is no secret to seal with");
}

/// No plugin's name has a blank.
std::string own_purpose(const HostState& state, std::string_view purpose) {
  return state.plugin + ' ' + std::string(purpose);
}

}  // namespace

std::string Host::seal(std::string_view purpose, std::string_view plain) const {
  const HostState& state = HostState::of(*this);
  return sealer_of(state).seal(own_purpose(state, purpose), plain);
}

std::optional<std::string> Host::unseal(std::string_view purpose, std::string_view sealed) const {
  const HostState& state = HostState::of(*this);
  return sealer_of(state).unseal(own_purpose(state, purpose), sealed);
}

void Host::derive_key(std::string_view purpose, std::span<std::byte> out) const {
  const HostState& state = HostState::of(*this);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL's bytes are unsigned.
  auto* const bytes = reinterpret_cast<unsigned char*>(out.data());
  sealer_of(state).derive(own_purpose(state, purpose), {bytes, out.size()});
}

}  // namespace portico

// SPDX-License-Identifier: Apache-2.0
// In the place of password/passwords.cpp, to measure what a login is beside its hash: whatever the
// password, it is right, and nothing is hashed. Of no use to anything but a measurement.
#include "password/passwords.h"

namespace portico::auth {

Passwords::Passwords(const Cost& cost) : cost_(cost) {}

std::string Passwords::hash(std::string_view /*password*/) const { return "none"; }

Verdict Passwords::verify(std::string_view /*stored*/, std::string_view /*password*/) const {
  return Verdict::Right;
}

void Passwords::verify_decoy(std::string_view /*password*/) const {}

bool Passwords::outdated(std::string_view /*stored*/) const { return false; }

}  // namespace portico::auth

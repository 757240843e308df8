// SPDX-License-Identifier: Apache-2.0
#include "pipeline/occupation.h"

namespace portico::pipeline {
namespace {

constinit thread_local const Occupation* here = nullptr;

}  // namespace

Occupation::Here::Here(const Occupation& occupation) noexcept { here = &occupation; }

Occupation::Here::~Here() { here = nullptr; }

const Occupation* Occupation::of_thread() noexcept { return here; }

}  // namespace portico::pipeline

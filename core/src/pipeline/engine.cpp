// SPDX-License-Identifier: Apache-2.0
#include "pipeline/engine.h"

namespace portico::pipeline {

Engine::~Engine() = default;

}  // namespace portico::pipeline

// SPDX-License-Identifier: Apache-2.0
// What a file may say that this server cannot do yet. Serving it without would be worse than not
// starting: a listener that promises something must keep it.
#pragma once

#include "config/problems.h"
#include "config/settings.h"

namespace portico::cli {

void refuse_unserved(const config::Settings& settings, config::Problems& problems);

}  // namespace portico::cli

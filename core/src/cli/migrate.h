// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command.h"

namespace portico::cli {

extern const Command MigrateCommand;

}  // namespace portico::cli

// SPDX-License-Identifier: Apache-2.0
#include "cli/run/log_options.h"

namespace portico::cli {

services::LogOptions log_options(const config::LogSettings& settings) {
  services::LogOptions options;
  options.level = settings.level;
  options.format = settings.format == config::LogFormat::Text ? services::LogFormat::Text
                                                              : services::LogFormat::Json;
  options.file = settings.file;
  if (settings.rotate) {
    options.rotate_bytes = settings.rotate->size.count;
    options.rotate_files = settings.rotate->keep;
  }
  return options;
}

}  // namespace portico::cli

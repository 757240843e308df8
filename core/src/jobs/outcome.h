// SPDX-License-Identifier: Apache-2.0
// What became of a job.
#pragma once

#include "jobs/kind.h"
#include <portico/jobs.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace portico::jobs {

struct Outcome {
  std::shared_ptr<Kind> kind{};  // Whoever took it may be withdrawn meanwhile.
  JobEnd end = JobEnd::Again;
  std::string id{};
  std::string payload{};
  std::string result{};
  std::string error{};
  std::uint32_t attempt = 0;
  std::optional<std::chrono::milliseconds> after{};  ///< Of Again; nothing: as the policy says.
  bool counts = true;
};

}  // namespace portico::jobs

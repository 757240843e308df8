// SPDX-License-Identifier: Apache-2.0
// What somebody wants to be said, before it is accepted.
#pragma once

#include "shared/time.h"
#include <portico/jobs.h>

#include <optional>
#include <string>
#include <vector>

namespace portico::notify {

struct Draft {
  // To whom: one of the two. An address of another channel goes with `channels`.
  std::string user{};
  std::string address{};
  std::vector<std::string> channels{};  ///< Empty: by mail.
  std::string template_key{};
  std::string locale{};  ///< Empty: the user's, or the file's.
  std::string data = "{}";
  std::string category{};  ///< Empty: nobody can turn it off.
  std::string dedupe{};
  JobPriority priority = JobPriority::Normal;
  Time send_at{0};  ///< 0: now.
  std::optional<Time> expires{};
  bool secret = false;
  bool gathered = false;  ///< It is a digest: never held for one.
  std::optional<std::string> created_by{};
};

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
#include "redis/options.h"

#include <charconv>

namespace portico::redis {

Options options_of(const config::RedisStore& settings,
                   const std::vector<std::string>& name_servers) {
  const Url& url = settings.url;
  const bool is_path = url.scheme == "unix";
  Options options{.host = url.host,
                  .port = url.port,
                  .path = is_path ? url.path : std::string(),
                  .tls = url.scheme == "rediss",
                  .ca = settings.ca,
                  .certificate = settings.certificate,
                  .key = settings.key,
                  .user = settings.user.empty() ? url.user : settings.user,
                  .password = settings.password.empty() ? url.password : settings.password.reveal(),
                  .database = settings.database,
                  .timeout = settings.timeout,
                  .connect_timeout = settings.connect_timeout,
                  .most_waiting = settings.most_waiting,
                  .required = settings.required,
                  .name_servers = name_servers};
  if (!is_path && url.path.size() > 1) {
    std::from_chars(url.path.data() + 1, url.path.data() + url.path.size(), options.database);
  }
  return options;
}

}  // namespace portico::redis

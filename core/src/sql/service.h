// SPDX-License-Identifier: Apache-2.0
// The databases of the process, and a thread that looks for those that are away: handlers never
// wait for that. The thread begins with the first database that a plugin uses.
#pragma once

#include "base/clock.h"
#include "base/shelf.h"
#include "services/log/sink.h"
#include "sql/store.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace portico::sql {

class Service {
 public:
  Service(const base::Clock& clock, services::LogSink& log);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  ~Service();

  /// The same one for the same name and the same options, with its sessions, as long as somebody
  /// holds it.
  [[nodiscard]] std::shared_ptr<Store> open(const std::string& name, const Options& options);
  /// A plugin that uses some is about to start.
  void wake();
  /// Those in use, in order of their names. Of several with one name, the newest.
  [[nodiscard]] std::vector<std::shared_ptr<Store>> stores() const { return shelf_.in_use(); }

 private:
  void work();

  const base::Clock& clock_;
  services::LogSink& log_;
  base::Shelf<Store> shelf_;
  std::mutex mutex_;
  std::condition_variable wanted_;
  bool rung_ = false;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace portico::sql

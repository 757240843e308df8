// SPDX-License-Identifier: Apache-2.0
#include "services/metrics/process.h"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <sys/resource.h>
#include <unistd.h>

namespace portico::services {
namespace {

[[nodiscard]] std::uint64_t count_open_files() {
  std::error_code fault;
  const std::filesystem::directory_iterator open("/proc/self/fd", fault);
  if (fault) return 0;
  // One of them is this look's own.
  const auto count = std::distance(begin(open), end(open));
  return static_cast<std::uint64_t>(count > 0 ? count - 1 : 0);
}

}  // namespace

ProcessFacts ProcessFacts::now() {
  ProcessFacts facts;
  timespec cpu{};
  if (::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu) == 0) {
    facts.cpu = std::chrono::seconds(cpu.tv_sec) + std::chrono::nanoseconds(cpu.tv_nsec);
  }
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  std::uint64_t all = 0;
  std::uint64_t resident = 0;
  if (std::ifstream("/proc/self/statm") >> all >> resident) {
    facts.virtual_bytes = all * page;
    facts.resident_bytes = resident * page;
  }
  facts.open_files = count_open_files();
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur != RLIM_INFINITY) {
    facts.most_files = files.rlim_cur;
  }
  return facts;
}

void expose_process(Exposition& exposition, std::chrono::microseconds started) {
  using Type = Exposition::Type;
  const ProcessFacts facts = ProcessFacts::now();
  const auto seconds = [](auto time) { return std::chrono::duration<double>(time).count(); };
  exposition.single("process_cpu_seconds_total", Type::Counter,
                    "Processor time that the process has used.", seconds(facts.cpu));
  exposition.single("process_resident_memory_bytes", Type::Gauge, "Memory in use.",
                    facts.resident_bytes);
  exposition.single("process_virtual_memory_bytes", Type::Gauge, "Address space in use.",
                    facts.virtual_bytes);
  exposition.single("process_open_fds", Type::Gauge, "Open file descriptors.", facts.open_files);
  exposition.single("process_max_fds", Type::Gauge, "Most file descriptors that may be open.",
                    facts.most_files);
  exposition.single("process_start_time_seconds", Type::Gauge,
                    "When the process started, in seconds since 1970.", seconds(started));
}

}  // namespace portico::services

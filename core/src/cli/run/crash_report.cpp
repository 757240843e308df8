// SPDX-License-Identifier: Apache-2.0
#include "cli/run/crash_report.h"

#include "base/demangle.h"
#include "base/version.h"
#include "cli/run/crash_text.h"
#include "cli/run/memory_map.h"
#include "pipeline/journal.h"
#include "pipeline/occupation.h"

#include <array>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string_view>
#include <typeinfo>
#include <utility>

#include <cxxabi.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

namespace portico::cli {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool SanitizerReports = true;
#else
constexpr bool SanitizerReports = false;
#endif

constexpr std::size_t MostFrames = 64;
constexpr unsigned Patience = 10;  // Seconds, for a report that hangs.

struct Known {
  int signal;
  std::string_view name;
};
constexpr std::array Signals = {Known{SIGSEGV, "SIGSEGV (memory that is not there)"},
                                Known{SIGBUS, "SIGBUS (memory that cannot be read)"},
                                Known{SIGFPE, "SIGFPE (arithmetic that has no result)"},
                                Known{SIGILL, "SIGILL (no instruction)"},
                                Known{SIGABRT, "SIGABRT (ended by itself)"}};

/// All that the handler needs, made beforehand.
struct State {
  std::array<char, 512> directory{};  // With a slash at its end; empty: no file.
  std::array<char, 1024> exception{};
  std::atomic<const plugin::Libraries*> libraries{nullptr};
  std::atomic<pid_t> reporter{0};  // The thread.
  bool stack_failed = false;
  std::int64_t seconds = 0;
  CrashText report;
  CrashText path;
  MemoryMap map;
};
constinit State state;

[[nodiscard]] std::uintptr_t program_counter(const void* context) noexcept {
  const auto& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return static_cast<std::uintptr_t>(machine.gregs[REG_RIP]);
#elif defined(__aarch64__)
  return static_cast<std::uintptr_t>(machine.pc);
#else
  static_cast<void>(machine);
  return 0;
#endif
}

void add_signal(int signal, const siginfo_t& info) noexcept {
  for (const Known& known : Signals) {
    if (known.signal == signal) state.report.add("signal:  ").add(known.name);
  }
  if (signal != SIGABRT && info.si_code > 0) {
    state.report.add(" at ").add_hex(reinterpret_cast<std::uintptr_t>(info.si_addr));
  } else if (info.si_code <= 0 && info.si_pid != ::getpid()) {
    state.report.add(", sent by process ").add(static_cast<std::uint64_t>(info.si_pid));
  }
  state.report.add("\n");
}

void add_thread() noexcept {
  std::array<char, 17> name{};
  ::prctl(PR_GET_NAME, name.data());
  state.report.add("process: ").add(static_cast<std::uint64_t>(::getpid()));
  state.report.add("\nthread:  ").add(std::string_view(name.data())).add("\n");
}

void add_plugin() noexcept {
  const pipeline::Occupation* const occupation = pipeline::Occupation::of_thread();
  const auto call = occupation == nullptr ? std::nullopt : occupation->call();
  const plugin::Libraries* const libraries = state.libraries.load(std::memory_order_acquire);
  if (!call || libraries == nullptr) return;
  state.report.add("plugin:  ").add(libraries->name_of(call->plugin)).add(", in its ");
  state.report.add(pipeline::word(call->turn)).add("\n");
}

void add_frame(std::size_t number, std::uintptr_t address) noexcept {
  const MemoryMap::Place place = state.map.find(address);
  state.report.add("  #").add_padded(number, 2).add(" ");
  if (place.module.empty()) {
    state.report.add_hex(address);
  } else {
    state.report.add(place.module).add(" +").add_hex(place.offset);
  }
  state.report.add("\n");
}

/// From where it happened; the handler's own frames are nobody's business.
void add_stack(std::uintptr_t where) noexcept {
  state.map.read();
  state.report.add("stack:\n");
  add_frame(0, where);
  std::array<void*, MostFrames> frames;
  const auto count = static_cast<std::size_t>(::backtrace(frames.data(), MostFrames));
  std::size_t first = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (reinterpret_cast<std::uintptr_t>(frames[i]) == where) first = i + 1;
  }
  for (std::size_t i = first; i < count; ++i) {
    add_frame(i - first + 1, reinterpret_cast<std::uintptr_t>(frames[i]));
  }
  state.report.add("`addr2line -Cfe FILE OFFSET` finds the line of a source file.\n");
}

void write_all(int file, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void write_file(std::int64_t seconds) noexcept {
  if (state.directory[0] == '\0') return;
  state.path.add(std::string_view(state.directory.data())).add("crash-");
  add_time(state.path, seconds, {.date = "", .middle = "T", .time = ""});
  state.path.add("Z-").add(static_cast<std::uint64_t>(::getpid())).add(".txt");
  state.path.add(std::string_view("\0", 1));
  const int file =
      ::open(state.path.text().data(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return;
  write_all(file, state.report.text());
  ::close(file);
}

void begin_report(int signal, const siginfo_t& info) noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  state.seconds = now.tv_sec;
  state.report.add("Portico ").add(base::version()).add(" crashed.\n");
  add_signal(signal, info);
  if (state.exception[0] != '\0') {
    state.report.add("because: ").add(std::string_view(state.exception.data())).add("\n");
  }
  state.report.add("time:    ");
  add_time(state.report, now.tv_sec, {.date = "-", .middle = " ", .time = ":"});
  state.report.add(" UTC\n");
  add_thread();
  add_plugin();
}

void send_report() noexcept {
  write_all(STDERR_FILENO, state.report.text());
  write_file(state.seconds);
}

/// Who jumped to where no code is may have left a stack that cannot be followed: then this comes a
/// second time within itself, and what is known so far is the report.
void on_crash(int signal, siginfo_t* info, void* context) noexcept {
  pid_t reporter = 0;
  if (state.reporter.compare_exchange_strong(reporter, ::gettid())) {
    ::alarm(Patience);
    begin_report(signal, *info);
    add_stack(program_counter(context));
    send_report();
  } else if (reporter != ::gettid()) {
    // Another thread crashed first, and the process ends with its report.
    for (;;) ::pause();
  } else if (!std::exchange(state.stack_failed, true)) {
    state.report.add("  and no further: the stack cannot be followed.\n");
    send_report();
  }
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

void note_exception(std::string_view text) noexcept {
  const std::size_t size = std::min(text.size(), state.exception.size() - 1);
  std::memcpy(state.exception.data(), text.data(), size);
}

[[noreturn]] void on_terminate() noexcept {
  const std::type_info* const type = abi::__cxa_current_exception_type();
  std::string text = "std::terminate was called";
  if (type != nullptr) text = "nobody caught a " + base::demangle(type->name());
  try {
    if (type != nullptr) throw;
  } catch (const std::exception& error) {
    text.append(": ").append(error.what());
  } catch (...) {
  }
  note_exception(text);
  std::abort();
}

}  // namespace

void CrashReport::install(const std::string& directory) {
  if (SanitizerReports) return;
  if (directory.size() + 2 < state.directory.size()) {
    std::memcpy(state.directory.data(), (directory + "/").c_str(), directory.size() + 2);
  }
  // The first call loads a library, which the handler must not do.
  std::array<void*, 2> frames;
  ::backtrace(frames.data(), static_cast<int>(frames.size()));
  std::set_terminate(on_terminate);
  struct sigaction action {};
  action.sa_sigaction = on_crash;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  for (const Known& known : Signals) ::sigaction(known.signal, &action, nullptr);
}

void CrashReport::name_plugins(const plugin::Libraries* libraries) noexcept {
  state.libraries.store(libraries, std::memory_order_release);
}

}  // namespace portico::cli

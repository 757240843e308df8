// SPDX-License-Identifier: Apache-2.0
#include "cli/run/control.h"

#include "base/clock.h"

#include <array>
#include <csignal>
#include <span>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace portico::cli {
namespace {

constexpr services::Field UpgradeEvent{"event", "upgrade"};
constexpr services::Field ReloadEvent{"event", "reload"};

[[nodiscard]] std::string failure(int code, const std::string& reason) {
  const std::string_view end = reason.ends_with('\n') ? "" : "\n";
  return "failed " + std::to_string(code) + "\n" + reason + std::string(end);
}

}  // namespace

Control::Control(Gateway& gateway, services::LogSink& log, server::InheritedSockets& inherited,
                 std::vector<std::string> successor)
    : gateway_(gateway),
      log_(log),
      successor_(std::move(successor)),
      loop_(base::system_clock()),
      signals_(loop_, {.terminate = [this] { terminate(); },
                       .end_at_once = nullptr,
                       .reload = [this] { reload(); },
                       .reopen_logs = [this] { gateway_.reopen_logs(); },
                       .upgrade = [this] { upgrade({}); }}),
      upgrade_(loop_, [this](const Upgrade::Outcome& outcome) { upgraded(outcome); }),
      socket_(loop_, inherited,
              [this](const std::string& line, Asker asker) { hear(line, std::move(asker)); }) {
  certificates_.emplace(loop_, CertificatePeriod, [this] { gateway_.renew_certificates(); });
  if (const auto patience = loop::watchdog_patience()) {
    // Twice within the time, as systemd advises.
    alive_.emplace(loop_, *patience / 2, [this, patience = *patience] {
      if (gateway_.alive(patience)) manager_.alive();
    });
  }
}

Control::~Control() {
  if (ending_.joinable()) ending_.join();
}

void Control::own_files() noexcept {
  gateway_.own_files();
  socket_.own_file();
}

/// On a thread of its own: the loop stays, for a second signal.
template <class Work>
void Control::end(Work work) {
  certificates_.reset();
  alive_.reset();
  socket_.close();
  ending_ = std::thread([this, work] {
    work();
    loop_.stop();
  });
}

void Control::terminate() {
  // One that hands over ends by itself; a service manager tells all processes of a service to end.
  if (ending_.joinable()) return;
  upgrade_.abandon();
  end([this] { gateway_.shut_down(); });
}

/// The new process may have read the files before they changed: whoever serves in the end reloads.
void Control::reload() {
  if (ending_.joinable()) return;
  if (!upgrade_.under_way()) return gateway_.reload();
  reload_waits_ = true;
  log_.write(Level::Info, "core", "the reload waits until the upgrade has ended",
             std::span(&ReloadEvent, 1));
}

void Control::reload_late(pid_t process) {
  if (!std::exchange(reload_waits_, false)) return;
  if (process == 0) return gateway_.reload();
  ::kill(process, SIGHUP);
}

void Control::hear(const std::string& line, Asker asker) {
  const std::string wanted = "upgrade " + gateway_.path();
  if (line == wanted) return upgrade(std::move(asker));
  asker.answer(failure(static_cast<int>(ExitCode::Usage),
                       "this process serves " + gateway_.path() + "; name it by -c"));
}

void Control::upgrade(Asker asker) {
  std::string obstacle;
  if (ending_.joinable()) obstacle = "this process is about to end";
  if (upgrade_.under_way()) obstacle = "an upgrade is under way already";
  if (::getpid() == 1) {
    obstacle = "process 1 of a container cannot be replaced; start a new container";
  }
  if (!obstacle.empty()) {
    log_.write(Level::Warning, "core", "no upgrade: " + obstacle, std::span(&UpgradeEvent, 1));
    return asker.answer(failure(static_cast<int>(ExitCode::Unavailable), obstacle));
  }
  asker_ = std::move(asker);
  const std::array fields{UpgradeEvent, services::Field{"program", successor_.front()}};
  log_.write(Level::Info, "core", "starts a new process to take over", fields);
  std::vector<server::Belonging> belongings = gateway_.belongings();
  socket_.add_to(belongings);
  upgrade_.begin(successor_, std::move(belongings));
}

void Control::upgraded(const Upgrade::Outcome& outcome) {
  if (outcome.process == 0) {
    const std::array fields{UpgradeEvent, services::Field{"reason", outcome.reason}};
    log_.write(Level::Error, "core", "the upgrade failed; this process serves on", fields);
    asker_.answer(failure(outcome.code, outcome.reason));
    return reload_late(0);
  }
  const std::string process = std::to_string(outcome.process);
  manager_.handed_over(outcome.process);
  const std::array fields{UpgradeEvent, services::Field{"process", process}};
  log_.write(Level::Info, "core", "another process has taken over; draining", fields);
  gateway_.hand_over();
  socket_.leave_file();
  asker_.answer("ok " + process + "\n");
  reload_late(outcome.process);
  end([this] { gateway_.drain(); });
}

}  // namespace portico::cli

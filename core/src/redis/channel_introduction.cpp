// SPDX-License-Identifier: Apache-2.0
// What a connection says before anything else: who we are, and which database is meant.
#include "redis/channel.h"
#include "redis/command.h"

#include <string>

namespace portico::redis {

void Channel::be_courteous(Courtesy courtesy, Redis::GivenWords words) {
  courtesies_[courtesies_said_++] = courtesy;
  const Words all(words.begin(), words.size());
  write_command(out_.room(command_size(all)), all);
  out_.wrote(command_size(all));
}

void Channel::introduce() {
  const Options& options = store_->options;
  state_ = State::Introducing;
  courtesies_said_ = courtesies_answered_ = 0;
  if (!options.password.empty() && options.user.empty()) {
    be_courteous(Courtesy::Auth, {"AUTH", options.password});
  } else if (!options.password.empty()) {
    be_courteous(Courtesy::Auth, {"AUTH", options.user, options.password});
  }
  if (options.database != 0) {
    be_courteous(Courtesy::Select, {"SELECT", std::to_string(options.database)});
  }
  be_courteous(Courtesy::Name, {"CLIENT", "SETNAME", "portico"});
  be_courteous(Courtesy::Ping, {"PING"});
  flush();
}

/// A user who may not set a name or ping has been let in all the same.
void Channel::take_courtesy() noexcept {
  const Courtesy courtesy = courtesies_[courtesies_answered_++];
  const bool refused = reader_.kind() == RedisValue::Kind::Error;
  const bool harmless = courtesy == Courtesy::Name ||
                        (courtesy == Courtesy::Ping && reader_.text().starts_with("NOPERM"));
  if (refused && !harmless) return fail(reader_.text());
  if (courtesies_answered_ != courtesies_said_) return;
  surroundings_.loop.timers().disarm(*this);
  state_ = State::Open;
  opened_at_ = surroundings_.now();
  store_->stands();
  figures_.opened.add();
  user_.opened();
}

}  // namespace portico::redis

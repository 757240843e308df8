// SPDX-License-Identifier: Apache-2.0
#include "account/mails.h"

#include "text/json_object.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace portico::auth {
namespace {

/// What a developer forgot about must not fill a disk.
constexpr ::off_t MostBytes = ::off_t{8} << 20U;

std::string json_of(const Mail& mail) {
  JsonObject object;
  for (const auto& [name, value] : mail.values) object.member(name, value);
  return object.text();
}

class File {
 public:
  explicit File(const std::string& path)
      : descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), path);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() { ::close(descriptor_); }

  void append(const std::string& line) const {
    if (::lseek(descriptor_, 0, SEEK_END) > MostBytes && ::ftruncate(descriptor_, 0) != 0) return;
    if (::write(descriptor_, line.data(), line.size()) < 0) {
      throw std::system_error(errno, std::generic_category(), "the file of mails");
    }
  }

 private:
  int descriptor_;
};

}  // namespace

Mail mail_to(const User& user, std::string_view about) {
  return {.about = about,
          .user = user.id,
          .to = user.email,
          .locale = user.locale.value_or(std::string())};
}

Mails::Mails(Host& host, MailCopy copy) : host_(host), copy_(copy) {}

void Mails::request(Transaction& db, const Mail& mail) { write(db, Event, mail); }

void Mails::pretend(Transaction& db, const Mail& like) { write(db, NoEvent, like); }

void Mails::write(Transaction& db, std::string_view event, const Mail& mail) {
  const std::string sealed = host_.seal(Seal, json_of(mail));
  host_.publish(db, event, mail.user,
                {{"about", mail.about},
                 {"user", mail.user},
                 {"to", mail.to},
                 {"locale", mail.locale},
                 {"sealed", sealed}});
}

void Mails::committed(const Mail& mail) {
  if (copy_ == MailCopy::None) return;
  try {
    append(mail);
  } catch (const std::exception& error) {
    host_.log(Level::Warning, std::string("a mail was not written: ") + error.what());
  }
}

void Mails::append(const Mail& mail) {
  JsonObject object;
  object.member("at", host_.unix_time().count()).member("about", mail.about).member("to", mail.to);
  for (const auto& [name, value] : mail.values) object.member(name, value);
  const std::lock_guard lock(mutex_);
  File(host_.state_directory() + "/mails.jsonl").append(object.text() + "\n");
}

}  // namespace portico::auth

// SPDX-License-Identifier: Apache-2.0
// Mails into a file, for a developer to read: in the form that mail programs know as mbox.
#pragma once

#include "delivery/mailer.h"

#include <mutex>
#include <string>

namespace portico::notify {

class FileMailer final : public Mailer {
 public:
  explicit FileMailer(std::string path) : path_(std::move(path)) {}

  [[nodiscard]] Sending send(const MailMessage& mail, const std::string& id) override;

 private:
  const std::string path_;
  std::mutex mutex_;
};

}  // namespace portico::notify

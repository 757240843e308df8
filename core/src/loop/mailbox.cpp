// SPDX-License-Identifier: Apache-2.0
#include "loop/mailbox.h"

#include <utility>

namespace portico::loop {

void Mailbox::post(Mail& mail) noexcept {
  Mail* before = newest_.load(std::memory_order_relaxed);
  do {
    mail.next = before;
  } while (!newest_.compare_exchange_weak(before, &mail, std::memory_order_release,
                                          std::memory_order_relaxed));
  // From here on the mail may have been delivered and be gone.
  if (before == nullptr) wakeup_.signal();
}

std::size_t Mailbox::deliver() noexcept {
  if (newest_.load(std::memory_order_relaxed) == nullptr) return 0;
  Mail* newest = newest_.exchange(nullptr, std::memory_order_acquire);
  Mail* oldest = nullptr;
  while (newest != nullptr) {
    Mail* const next = std::exchange(newest->next, oldest);
    oldest = std::exchange(newest, next);
  }
  std::size_t count = 0;
  for (; oldest != nullptr; ++count) {
    Mail& mail = *std::exchange(oldest, oldest->next);
    mail.deliver(mail);
  }
  return count;
}

}  // namespace portico::loop

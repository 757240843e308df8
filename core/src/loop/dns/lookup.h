// SPDX-License-Identifier: Apache-2.0
// Holds a lookup: whoever lets go of it is not called any more.
#pragma once

#include "loop/dns/inquiry.h"

#include <utility>

namespace portico::loop::dns {

class [[nodiscard]] Lookup {
 public:
  Lookup() noexcept = default;
  explicit Lookup(Inquiry& inquiry) noexcept : inquiry_(&inquiry) { attach(); }
  Lookup(Lookup&& other) noexcept : inquiry_(std::exchange(other.inquiry_, nullptr)) { attach(); }
  Lookup& operator=(Lookup&& other) noexcept {
    if (this == &other) return *this;
    cancel();
    inquiry_ = std::exchange(other.inquiry_, nullptr);
    attach();
    return *this;
  }
  ~Lookup() { cancel(); }

  void cancel() noexcept {
    if (Inquiry* inquiry = std::exchange(inquiry_, nullptr)) inquiry->abandon();
  }
  /// Its answer has not been told.
  [[nodiscard]] bool under_way() const noexcept { return inquiry_ != nullptr; }

 private:
  void attach() noexcept {
    if (inquiry_ != nullptr) inquiry_->handle = &inquiry_;
  }

  Inquiry* inquiry_ = nullptr;
};

}  // namespace portico::loop::dns

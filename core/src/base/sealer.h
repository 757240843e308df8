// SPDX-License-Identifier: Apache-2.0
// What plugins keep where others may read it, encrypted with keys made from the gateway's `secret`:
// a sealed text says nothing without that secret, cannot be changed, and opens for the purpose
// alone that it was sealed for. Any thread.
//
// A sealed text is base64url of: one byte, whose upper half is the form (1) and whose lower half is
// the number of the secret (0, as long as there is one); a random nonce of 96 bits; AES-256-GCM of
// the text, with that byte and the purpose as associated data; its tag.
#pragma once

#include "base/derived_key.h"

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace portico::base {

class Sealer {
 public:
  /// Called at the first use, and again at the next where it threw: std::runtime_error, with the
  /// reason why there is no secret.
  using Secret = std::function<std::string()>;

  explicit Sealer(Secret secret) : secret_(std::move(secret)) {}
  Sealer(const Sealer&) = delete;
  Sealer& operator=(const Sealer&) = delete;
  ~Sealer();

  // They throw what `Secret` throws, and std::runtime_error when OpenSSL refuses.
  [[nodiscard]] std::string seal(std::string_view purpose, std::string_view plain);
  /// Nothing for what `seal` did not make, for that purpose and with this secret.
  [[nodiscard]] std::optional<std::string> unseal(std::string_view purpose,
                                                  std::string_view sealed);
  /// A key of that purpose, the same for the same secret.
  void derive(std::string_view purpose, std::span<unsigned char> out);

 private:
  [[nodiscard]] const Digest& root();

  const Secret secret_;
  std::once_flag made_;
  Digest root_{};
};

}  // namespace portico::base

// SPDX-License-Identifier: Apache-2.0
// Why a request is not done. Thrown by whoever finds out, also within a transaction, which is then
// undone; the route answers it.
#pragma once

#include <portico/http.h>
#include <portico/status.h>

#include <exception>
#include <string>
#include <string_view>

namespace portico {
inline namespace shared {

class Refusal : public std::exception {
 public:
  /// `code` is a constant, for programs; `sentence` is for people.
  Refusal(Status status, std::string_view code, std::string sentence)
      : status_(status), code_(code), sentence_(std::move(sentence)) {}

  /// The same of one field of the body: 422. `path` is a JSON pointer.
  [[nodiscard]] static Refusal of_field(std::string path, std::string_view code,
                                        std::string sentence);
  /// 403, with the permission that the caller would need: the member `required`, which the gate's
  /// refusals have too. Empty where there is none with which this would be done.
  [[nodiscard]] static Refusal forbidden(std::string_view code, std::string sentence,
                                         std::string required);

  [[nodiscard]] std::string_view code() const noexcept { return code_; }
  [[nodiscard]] const char* what() const noexcept override { return sentence_.c_str(); }
  [[nodiscard]] Response answer() const;

 private:
  Status status_;
  std::string_view code_;
  std::string sentence_;
  std::string path_;
  std::string required_;
};

/// 412: what the client has seen is not what is there.
[[nodiscard]] Refusal changed_meanwhile();

}  // namespace shared
}  // namespace portico

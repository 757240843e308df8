// SPDX-License-Identifier: Apache-2.0
#include "account/revocation_news.h"

#include "shared/uuid.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace portico::auth {
namespace {

constexpr std::string_view SessionWord = "session";
constexpr std::string_view UserWord = "user";

/// The text up to the next blank, which is taken away.
std::string_view next_word(std::string_view& text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

std::optional<UnixTime> time_of_word(std::string_view word) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
  const bool whole = fault == std::errc() && end == word.data() + word.size() && number >= 0;
  return whole ? std::optional(UnixTime(number)) : std::nullopt;
}

}  // namespace

std::string text_of(const Denial& denial) {
  std::string text(denial.what == Denial::What::Session ? SessionWord : UserWord);
  text.append(" ").append(denial.name);
  text.append(" ").append(std::to_string(denial.not_before.count()));
  return text.append(" ").append(std::to_string(denial.until.count()));
}

std::optional<Denial> denial_of(std::string_view text) {
  const std::string_view what = next_word(text);
  const std::string_view name = next_word(text);
  const auto not_before = time_of_word(next_word(text));
  const auto until = time_of_word(text);
  const bool known = what == SessionWord || what == UserWord;
  if (!known || !uuid::parse(name) || !not_before || !until) return std::nullopt;
  return Denial{.what = what == SessionWord ? Denial::What::Session : Denial::What::Subject,
                .name = name,
                .not_before = *not_before,
                .until = *until};
}

RevocationNews::RevocationNews(std::string_view redis, Revocations& here,
                               std::chrono::microseconds life, Host& host)
    : redis_(redis.empty() ? nullptr : &host.redis(redis)), here_(here), life_(life), host_(host) {}

void RevocationNews::begin() {
  if (redis_ == nullptr) return;
  redis_->subscribe(
      Channel, [this](std::string_view message) { heard(message); }, [this] { missed_ = true; });
}

void RevocationNews::deny(std::span<const Denial> denials) {
  here_.deny(denials, host_.unix_time());
  if (redis_ == nullptr) return;
  for (const Denial& denial : denials) redis_->publish(Channel, text_of(denial));
}

void RevocationNews::heard(std::string_view message) {
  auto denial = denial_of(message);
  if (!denial) return;
  const UnixTime now = host_.unix_time();
  // Whoever else writes to that Redis makes nothing last longer than a token does.
  denial->until = std::min(denial->until, now + life_);
  denial->not_before = std::min(denial->not_before, now);
  here_.deny(*denial, now);
}

}  // namespace portico::auth

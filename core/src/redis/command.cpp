// SPDX-License-Identifier: Apache-2.0
#include "redis/command.h"

#include <array>
#include <charconv>
#include <cstring>
#include <limits>

namespace portico::redis {
namespace {

constexpr std::string_view EvalSha = "EVALSHA";
constexpr std::string_view LineEnd = "\r\n";
constexpr std::size_t MostDigits = std::numeric_limits<std::size_t>::digits10 + 1;

[[nodiscard]] std::size_t digits_of(std::size_t number) noexcept {
  std::size_t digits = 1;
  while (number >= 10) {
    number /= 10;
    ++digits;
  }
  return digits;
}

[[nodiscard]] std::size_t count_size(std::size_t number) noexcept {
  return 1 + digits_of(number) + LineEnd.size();
}

[[nodiscard]] std::size_t word_size(std::string_view word) noexcept {
  return count_size(word.size()) + word.size() + LineEnd.size();
}

char* put(char* out, std::string_view bytes) noexcept {
  if (!bytes.empty()) std::memcpy(out, bytes.data(), bytes.size());
  return out + bytes.size();
}

char* put_count(char* out, char mark, std::size_t number) noexcept {
  *out++ = mark;
  out = std::to_chars(out, out + MostDigits, number).ptr;
  return put(out, LineEnd);
}

char* put_word(char* out, std::string_view word) noexcept {
  return put(put(put_count(out, '$', word.size()), word), LineEnd);
}

/// How many keys there are, which EVAL wants as a word.
class KeyCount {
 public:
  explicit KeyCount(std::size_t keys) noexcept
      : size_(static_cast<std::size_t>(
            std::to_chars(digits_.data(), digits_.data() + digits_.size(), keys).ptr -
            digits_.data())) {}
  [[nodiscard]] std::string_view word() const noexcept { return {digits_.data(), size_}; }

 private:
  std::array<char, MostDigits> digits_;
  std::size_t size_;
};

[[nodiscard]] std::size_t eval_words(Words keys, Words arguments) noexcept {
  return 3 + keys.size() + arguments.size();
}

}  // namespace

std::size_t command_size(Words words) noexcept {
  std::size_t size = count_size(words.size());
  for (const std::string_view word : words) size += word_size(word);
  return size;
}

char* write_command(char* out, Words words) noexcept {
  out = put_count(out, '*', words.size());
  for (const std::string_view word : words) out = put_word(out, word);
  return out;
}

std::size_t evalsha_size(const detail::RedisScriptState& script, Words keys,
                         Words arguments) noexcept {
  std::size_t size = count_size(eval_words(keys, arguments)) + word_size(EvalSha) +
                     word_size(script.sha1) + word_size(KeyCount(keys.size()).word());
  for (const std::string_view word : keys) size += word_size(word);
  for (const std::string_view word : arguments) size += word_size(word);
  return size;
}

Command write_evalsha(char* out, const detail::RedisScriptState& script, Words keys,
                      Words arguments) noexcept {
  const char* const begin = out;
  const std::size_t words = eval_words(keys, arguments);
  out = put_word(put_word(put_count(out, '*', words), EvalSha), script.sha1);
  const auto rest = static_cast<std::size_t>(out - begin);
  out = put_word(out, KeyCount(keys.size()).word());
  for (const std::string_view word : keys) out = put_word(out, word);
  for (const std::string_view word : arguments) out = put_word(out, word);
  return {{begin, static_cast<std::size_t>(out - begin)}, &script, words, rest};
}

std::string eval_head(const Command& command) {
  constexpr std::string_view Eval = "EVAL";
  const std::string_view text = command.script->text;
  std::string head(count_size(command.words) + word_size(Eval) + word_size(text), '\0');
  put_word(put_word(put_count(head.data(), '*', command.words), Eval), text);
  return head;
}

}  // namespace portico::redis

// SPDX-License-Identifier: Apache-2.0
#include "store/redis_buckets.h"

#include "operators/refused_keys.h"
#include "store/scripts.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace portico::ratelimit {
namespace {

constexpr std::size_t HeadWords = 4;
constexpr std::size_t ReplyWords = 5;
constexpr std::size_t MostName = 128;

/// Texts of a request under way, without memory to ask for.
class Names {
 public:
  /// "PREFIX{KEY}ID": one subject's buckets lie on one node of a cluster.
  std::string_view add(std::string_view prefix, const Key& key, const Key& id) noexcept {
    char* const begin = at_;
    at_ = std::copy(prefix.begin(), prefix.end(), at_);
    *at_++ = '{';
    hexadecimal(key.high);
    hexadecimal(key.low);
    *at_++ = '}';
    hexadecimal(id.low);
    return {begin, static_cast<std::size_t>(at_ - begin)};
  }
  std::string_view add(std::uint64_t number) noexcept {
    char* const begin = at_;
    at_ = std::to_chars(at_, bytes_.data() + bytes_.size(), number).ptr;
    return {begin, static_cast<std::size_t>(at_ - begin)};
  }

 private:
  void hexadecimal(std::uint64_t number) noexcept {
    for (int shift = 60; shift >= 0; shift -= 4) {
      *at_++ = "0123456789abcdef"[number >> static_cast<unsigned>(shift) & 15U];
    }
  }

  std::array<char, MostLimits*(MostName + 24) + 24> bytes_;
  char* at_ = bytes_.data();
};

std::string random_name(const Host& host) {
  Key key;
  host.random(std::as_writable_bytes(std::span(&key, 1)));
  return text_of(key);
}

}  // namespace

RedisBuckets::RedisBuckets(Redis& redis, std::string prefix, Host& host)
    : redis_(redis),
      prefix_(std::move(prefix)),
      node_(random_name(host)),
      signs_(prefix_ + "node:"),
      take_(take_script()) {}

Operation<RedisReply> RedisBuckets::take(Request& request, const Policy& policy, const Key& key,
                                         std::uint32_t cost) const {
  Names names;
  std::array<std::string_view, MostLimits> keys;
  std::array<std::string_view, HeadWords + MostLimits * ScriptWords> words{"0", names.add(cost),
                                                                           node_, signs_};
  std::size_t count = HeadWords;
  const auto& members = policy.members();
  for (std::size_t i = 0; i < members.size(); ++i) {
    keys[i] = names.add(prefix_, key, members[i].shared_id);
    for (const std::string& word : members[i].words) words[count++] = word;
  }
  return redis_.run(request, take_, {keys.data(), members.size()}, {words.data(), count});
}

std::optional<Decision> RedisBuckets::decision_of(const RedisReply& reply, const Policy& policy,
                                                  std::uint32_t cost) {
  const std::size_t limits = policy.members().size();
  if (reply.size() != limits * ReplyWords) return std::nullopt;
  Decision decision;
  for (std::size_t i = 0; i < limits; ++i) {
    std::array<std::int64_t, ReplyWords> said;
    for (std::size_t j = 0; j < ReplyWords; ++j) {
      const auto value = reply[i * ReplyWords + j].integer();
      if (!value || *value < 0) return std::nullopt;
      said[j] = *value;
    }
    decision.readings[i] = {.allowed = said[0] == 1,
                            .remaining = static_cast<std::uint32_t>(said[1]),
                            .reset = said[2],
                            .retry = said[3]};
    decision.receipts[i] = static_cast<Word>(said[4]);
  }
  policy.conclude(decision, cost);
  return decision;
}

void RedisBuckets::give_back(const Policy& policy, const Key& key,
                             const std::array<Word, MostLimits>& receipts, std::uint32_t cost,
                             Policy::What what) const {
  Names names;
  std::array<std::string_view, 3 + MostLimits + 2 + MostLimits*(ScriptWords + 1)> words;
  const auto& members = policy.members();
  const auto concerns = [what](const Policy::Member& member) {
    return what == Policy::What::Everything || member.settled.limit.is_concurrency();
  };
  std::size_t count = 3;
  for (const Policy::Member& member : members) {
    if (concerns(member)) words[count++] = names.add(prefix_, key, member.shared_id);
  }
  if (count == 3) return;
  words[0] = "EVAL";
  words[1] = give_back_script();
  words[2] = names.add(count - 3);
  words[count++] = names.add(cost);
  words[count++] = node_;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!concerns(members[i])) continue;
    for (const std::string& word : members[i].words) words[count++] = word;
    words[count++] = names.add(receipts[i]);
  }
  redis_.send(Redis::Words(words.data(), count));
}

std::size_t RedisBuckets::forget(const Policy& policy, const Key& key) const {
  std::size_t forgotten = 0;
  for (const Policy::Member& member : policy.members()) {
    if (member.settled.limit.is_concurrency()) continue;
    const RedisReply reply = redis_.call({"DEL", name_of(key, member)});
    if (reply.integer() == 1) ++forgotten;
  }
  return forgotten;
}

void RedisBuckets::live() const { redis_.send({"SET", signs_ + node_, "1", "PX", "30000"}); }

std::string RedisBuckets::name_of(const Key& key, const Policy::Member& member) const {
  return std::string(Names().add(prefix_, key, member.shared_id));
}

}  // namespace portico::ratelimit

// SPDX-License-Identifier: Apache-2.0
#include "operators/state.h"

#include "operators/refused_keys.h"

namespace portico::ratelimit {
namespace {

std::string fault_of_key(std::string_view text) {
  return text.empty() || key_of(text) ? std::string()
                                      : "is no key; write 32 hexadecimal digits, as /status does";
}

}  // namespace

void RefusedKey::describe(Schema<RefusedKey>& s) {
  s.summary("Whose requests are refused.");
  s.field("place", &RefusedKey::place, "Where its buckets belong.");
  s.field("key", &RefusedKey::key, "A hash of who it is; another one after each start.");
  s.field("text", &RefusedKey::text, "Who it is.");
  s.field("refused", &RefusedKey::refused, "About how often.");
}

void State::describe(Schema<State>& s) {
  s.summary("The limits as they are now.");
  s.field("keys", &State::keys, "Buckets in memory.");
  s.field("max_keys", &State::max_keys, "The most that are kept.");
  s.field("evicted", &State::evicted, "Buckets that had to make room.");
  s.field("refused", &State::refused, "The keys that are refused most.");
}

void ResetOrder::describe(Schema<ResetOrder>& s) {
  s.summary("Which buckets to empty.");
  s.field("key", &ResetOrder::key, "As /status shows it.").check(fault_of_key);
  s.field("place", &ResetOrder::place, "With `by`: only there. Everywhere where it is empty.");
  s.field("by", &ResetOrder::by, "The parts of the key, in the order of the place's `by`.").max(8);
  s.rule("say whose bucket it is; write one of `key` and `by`",
         [](const ResetOrder& it) { return it.key.empty() != it.by.empty(); });
}

void ResetOutcome::describe(Schema<ResetOutcome>& s) {
  s.summary("What came of it.");
  s.field("reset", &ResetOutcome::reset, "Buckets that were emptied.");
}

}  // namespace portico::ratelimit

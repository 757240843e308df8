// SPDX-License-Identifier: Apache-2.0
// One lookup on its way: name after name, all types of a name at once, until one is found, one
// fails, or the time is up. It is its own timer: that strikes at the deadline, or earlier when
// there is something to tell, so that nobody is called from within his own call.
#pragma once

#include "loop/dns/answer.h"
#include "loop/dns/channel.h"
#include "loop/loop.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace portico::loop::dns {

class Inquiry : Timer {
 public:
  /// Where it goes when it has ended and nothing refers to it any more.
  struct Home {
    void (*leave)(Home&, Inquiry&) noexcept = nullptr;
  };

  Inquiry(Loop& loop, Home& home) noexcept;
  Inquiry(const Inquiry&) = delete;
  Inquiry& operator=(const Inquiry&) = delete;
  virtual ~Inquiry();

  void begin(Channel& channel, std::vector<std::string> names, std::span<const RecordType> types,
             std::chrono::nanoseconds deadline);
  /// Ends with what is known without asking.
  void conclude(Outcome outcome) noexcept;
  /// Nobody wants to hear of it. It may be gone afterwards.
  void abandon() noexcept;
  /// Nobody hears of it, and it does not leave by itself.
  void silence() noexcept;

  /// Who can abandon it; told when that is over.
  Inquiry** handle = nullptr;

 protected:
  /// What a message says, which is kept.
  virtual Outcome read(RecordType type, std::span<const std::uint8_t> message) = 0;
  /// Tells what was kept. The caller may be gone afterwards, and so may this.
  virtual void deliver(Outcome outcome) noexcept = 0;
  /// After the last `deliver` or instead of it.
  void finish() noexcept;

 private:
  struct Part : Question {
    Inquiry* inquiry = nullptr;
    RecordType type{};
  };

  void try_next() noexcept;
  void note(const Part& part, const Reply& reply) noexcept;
  void settle() noexcept;
  void detach() noexcept;

  Loop& loop_;
  Home& home_;
  Channel* channel_ = nullptr;
  std::vector<std::string> names_;
  std::size_t tried_ = 0;
  std::array<Part, 2> parts_{};
  std::size_t types_ = 0;
  std::size_t open_ = 0;
  bool found_ = false;
  bool no_data_ = false;
  bool over_ = false;
  std::optional<Outcome> failure_;
  std::optional<Outcome> outcome_;
};

}  // namespace portico::loop::dns

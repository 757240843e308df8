// SPDX-License-Identifier: Apache-2.0
// The tags of both libraries, beside the vectors of the reference implementation.
#include "password/argon2_form.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <time.h>

namespace portico::auth {
namespace {

Argon2Form read(std::string_view text) { return std::get<Argon2Form>(read_argon2(text)); }

class Argon2Vector : public testing::TestWithParam<const char*> {};

TEST_P(Argon2Vector, IsMadeAgainFromItsPassword) {
  const Argon2Form form = read(GetParam());
  EXPECT_TRUE(fits(form, "password"));
  EXPECT_FALSE(fits(form, "passwore"));
  EXPECT_EQ(print(form), GetParam());
}

// From test.c of the reference implementation.
INSTANTIATE_TEST_SUITE_P(
    OfTheReference, Argon2Vector,
    testing::Values(
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8",
        "$argon2i$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ"));

TEST(Argon2, MakesTheSameTagWithBothLibraries) {
  Argon2Form form;
  form.salt = "0123456789abcdef";
  for (std::uint32_t turn = 0; turn < 20; ++turn) {
    form.cost = {8 + turn * 37, 1 + turn % 3, 1};
    form.tag.resize(16 + turn);
    const std::string password(turn * 7, static_cast<char>('a' + turn));
    ASSERT_TRUE(detail::fits_sodium(form));
    EXPECT_EQ(detail::tag_by_sodium(form, password), detail::tag_by_libargon2(form, password));
  }
}

TEST(Argon2, TakesLibsodiumForWhatItMakesAlone) {
  Argon2Form usual;
  usual.salt.resize(SaltSize);
  EXPECT_TRUE(detail::fits_sodium(usual));
  Argon2Form form = usual;
  form.cost.lanes = 2;
  EXPECT_FALSE(detail::fits_sodium(form));
  form = usual;
  form.variant = Argon2Variant::I;
  EXPECT_FALSE(detail::fits_sodium(form));
  form = usual;
  form.version = 16;
  EXPECT_FALSE(detail::fits_sodium(form));
  form = usual;
  form.salt.resize(SaltSize + 1);
  EXPECT_FALSE(detail::fits_sodium(form));
}

double seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

TEST(Argon2, StartsNoThreadForItsLanes) {
  // Threads of the library's own would take more processors than the gate has counted.
  Argon2Form form;
  form.cost = {LeastMemory, 2, 4};
  form.salt.resize(SaltSize);
  form.tag.resize(TagSize);
  const double process = seconds(CLOCK_PROCESS_CPUTIME_ID);
  const double thread = seconds(CLOCK_THREAD_CPUTIME_ID);
  static_cast<void>(argon2_tag(form, "password"));
  const double here = seconds(CLOCK_THREAD_CPUTIME_ID) - thread;
  EXPECT_LT(seconds(CLOCK_PROCESS_CPUTIME_ID) - process, here * 1.2);
}

}  // namespace
}  // namespace portico::auth

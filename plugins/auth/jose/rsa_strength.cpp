// SPDX-License-Identifier: Apache-2.0
#include "jose/rsa_strength.h"

#include "jose/openssl.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace portico::auth {
namespace {

constexpr int LeastBits = 2048;
constexpr std::size_t MostModulusBytes = 1024;  // Longer ones only cost whoever verifies.
constexpr std::size_t MostExponentBytes = 8;
constexpr std::uint64_t LeastExponent = 65537;

/// The odd primes up to 167. The product that the broken chips built on has them all, whatever the
/// key's size.
constexpr std::array<std::uint8_t, 38> Primes{
    3,  5,  7,  11, 13, 17,  19,  23,  29,  31,  37,  41,  43,  47,  53,  59,  61,  67,  71,
    73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167};

/// Whether the remainder is a power of 65537 modulo that prime.
constexpr bool is_power(unsigned remainder, unsigned prime) noexcept {
  unsigned power = 1;
  do {
    if (power == remainder) return true;
    power = power * (65537 % prime) % prime;
  } while (power != 1);
  return false;
}

/// ROCA, CVE-2017-15361: a library in smart cards and TPMs chose primes as k * M + 65537^a mod M, M
/// the product of the first primes. Then the modulus is a power of 65537 modulo each of them, which
/// for an honest one happens once in 2^27, and factoring it is a matter of days.
bool bears_roca_mark(const BIGNUM* modulus) noexcept {
  for (const unsigned prime : Primes) {
    if (!is_power(static_cast<unsigned>(BN_mod_word(modulus, prime)), prime)) return false;
  }
  return true;
}

bool has_small_factor(const BIGNUM* modulus) noexcept {
  for (const unsigned prime : Primes) {
    if (BN_mod_word(modulus, prime) == 0) return true;
  }
  return false;
}

std::optional<std::string_view> exponent_fault(std::string_view e) noexcept {
  if (e.empty() || e.front() == '\0') return "the exponent is not written in its shortest form";
  if (e.size() > MostExponentBytes) return "the exponent is longer than 64 bits";
  std::uint64_t exponent = 0;
  for (const char byte : e) exponent = exponent << 8 | static_cast<unsigned char>(byte);
  // With an exponent of 1 everything is its own signature; with 3 a sloppy check can be forged.
  if (exponent < LeastExponent || exponent % 2 == 0) {
    return "the exponent is even or less than 65537";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> rsa_fault(std::string_view n, std::string_view e) {
  if (n.empty() || n.front() == '\0') return "the modulus is not written in its shortest form";
  if (n.size() > MostModulusBytes) return "an RSA key has at most 8192 bits";
  if (const auto fault = exponent_fault(e)) return fault;
  const Number modulus(BN_bin2bn(octets(n), static_cast<int>(n.size()), nullptr));
  if (!modulus) return "there is no memory for the modulus";
  if (BN_num_bits(modulus.get()) < LeastBits) return "an RSA key needs 2048 bits";
  if (BN_is_odd(modulus.get()) == 0 || has_small_factor(modulus.get())) {
    return "the modulus is no product of two large primes";
  }
  if (bears_roca_mark(modulus.get())) return "the key comes from a broken generator (ROCA)";
  return std::nullopt;
}

}  // namespace portico::auth

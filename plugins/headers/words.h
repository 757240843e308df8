// SPDX-License-Identifier: Apache-2.0
// The words of the settings. Where a word is the value of a header, it is written as the header
// writes it.
#pragma once

#include <portico/schema.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace portico::headers {

/// What happens to a header that the answer may have already.
enum class Policy : std::uint8_t {
  Override,   ///< Ours replaces it.
  IfMissing,  ///< Ours is set where it is absent.
  Remove,     ///< It is taken away, and ours is not set.
  Off,        ///< It is left alone, and ours is not set.
};

enum class OpenerPolicy : std::uint8_t {
  SameOrigin,
  SameOriginAllowPopups,
  NoopenerAllowPopups,
  UnsafeNone
};
enum class EmbedderPolicy : std::uint8_t { RequireCorp, Credentialless, UnsafeNone };
enum class ResourcePolicy : std::uint8_t { SameOrigin, SameSite, CrossOrigin };
enum class DnsPrefetch : std::uint8_t { Off, On };
enum class FrameOptions : std::uint8_t { SameOrigin, Deny };
enum class CrossDomainPolicies : std::uint8_t {
  None,
  MasterOnly,
  ByContentType,
  ByFtpFilename,
  All,
  NoneThisResponse
};
enum class ReferrerPolicy : std::uint8_t {
  NoReferrer,
  NoReferrerWhenDowngrade,
  SameOrigin,
  Origin,
  StrictOrigin,
  OriginWhenCrossOrigin,
  StrictOriginWhenCrossOrigin,
  UnsafeUrl
};
enum class Keeping : std::uint8_t { Remove, Keep };

[[nodiscard]] std::span<const Word> words_of(Policy) noexcept;
[[nodiscard]] std::span<const Word> words_of(OpenerPolicy) noexcept;
[[nodiscard]] std::span<const Word> words_of(EmbedderPolicy) noexcept;
[[nodiscard]] std::span<const Word> words_of(ResourcePolicy) noexcept;
[[nodiscard]] std::span<const Word> words_of(DnsPrefetch) noexcept;
[[nodiscard]] std::span<const Word> words_of(FrameOptions) noexcept;
[[nodiscard]] std::span<const Word> words_of(CrossDomainPolicies) noexcept;
[[nodiscard]] std::span<const Word> words_of(ReferrerPolicy) noexcept;
[[nodiscard]] std::span<const Word> words_of(Keeping) noexcept;

/// Declares every word of the enum.
template <class Enum>
Field name_words(Field field) {
  for (const Word& word : words_of(Enum{})) field.names({word});
  return field;
}

template <class Enum>
[[nodiscard]] std::string_view text_of(Enum value) noexcept {
  for (const Word& word : words_of(Enum{})) {
    if (word.value == static_cast<std::int64_t>(value)) return word.text;
  }
  return {};
}

}  // namespace portico::headers

// SPDX-License-Identifier: Apache-2.0
#include "words.h"

#include <array>

namespace portico::headers {

std::span<const Word> words_of(Policy) noexcept {
  static constexpr std::array Words = {Word("override", Policy::Override),
                                       Word("if-missing", Policy::IfMissing),
                                       Word("remove", Policy::Remove), Word("off", Policy::Off)};
  return Words;
}

std::span<const Word> words_of(OpenerPolicy) noexcept {
  static constexpr std::array Words = {
      Word("same-origin", OpenerPolicy::SameOrigin),
      Word("same-origin-allow-popups", OpenerPolicy::SameOriginAllowPopups),
      Word("noopener-allow-popups", OpenerPolicy::NoopenerAllowPopups),
      Word("unsafe-none", OpenerPolicy::UnsafeNone)};
  return Words;
}

std::span<const Word> words_of(EmbedderPolicy) noexcept {
  static constexpr std::array Words = {Word("require-corp", EmbedderPolicy::RequireCorp),
                                       Word("credentialless", EmbedderPolicy::Credentialless),
                                       Word("unsafe-none", EmbedderPolicy::UnsafeNone)};
  return Words;
}

std::span<const Word> words_of(ResourcePolicy) noexcept {
  static constexpr std::array Words = {Word("same-origin", ResourcePolicy::SameOrigin),
                                       Word("same-site", ResourcePolicy::SameSite),
                                       Word("cross-origin", ResourcePolicy::CrossOrigin)};
  return Words;
}

std::span<const Word> words_of(DnsPrefetch) noexcept {
  static constexpr std::array Words = {Word("off", DnsPrefetch::Off), Word("on", DnsPrefetch::On)};
  return Words;
}

std::span<const Word> words_of(FrameOptions) noexcept {
  static constexpr std::array Words = {Word("SAMEORIGIN", FrameOptions::SameOrigin),
                                       Word("DENY", FrameOptions::Deny)};
  return Words;
}

std::span<const Word> words_of(CrossDomainPolicies) noexcept {
  static constexpr std::array Words = {
      Word("none", CrossDomainPolicies::None),
      Word("master-only", CrossDomainPolicies::MasterOnly),
      Word("by-content-type", CrossDomainPolicies::ByContentType),
      Word("by-ftp-filename", CrossDomainPolicies::ByFtpFilename),
      Word("all", CrossDomainPolicies::All),
      Word("none-this-response", CrossDomainPolicies::NoneThisResponse)};
  return Words;
}

std::span<const Word> words_of(ReferrerPolicy) noexcept {
  static constexpr std::array Words = {
      Word("no-referrer", ReferrerPolicy::NoReferrer),
      Word("no-referrer-when-downgrade", ReferrerPolicy::NoReferrerWhenDowngrade),
      Word("same-origin", ReferrerPolicy::SameOrigin),
      Word("origin", ReferrerPolicy::Origin),
      Word("strict-origin", ReferrerPolicy::StrictOrigin),
      Word("origin-when-cross-origin", ReferrerPolicy::OriginWhenCrossOrigin),
      Word("strict-origin-when-cross-origin", ReferrerPolicy::StrictOriginWhenCrossOrigin),
      Word("unsafe-url", ReferrerPolicy::UnsafeUrl)};
  return Words;
}

std::span<const Word> words_of(Keeping) noexcept {
  static constexpr std::array Words = {Word("remove", Keeping::Remove),
                                       Word("keep", Keeping::Keep)};
  return Words;
}

}  // namespace portico::headers

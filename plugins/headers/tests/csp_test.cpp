// SPDX-License-Identifier: Apache-2.0
#include "csp.h"

#include <string>

#include <gtest/gtest.h>

namespace portico::headers {
namespace {

std::string text_of(const Directives& written, Defaults defaults = Defaults::Used) {
  return std::string(PolicyText(written, defaults).write("N"));
}

// Word by word what helmet 8 sends.
constexpr std::string_view Helmet8 =
    "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self';"
    "frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self';"
    "script-src-attr 'none';style-src 'self' https: 'unsafe-inline';upgrade-insecure-requests";

TEST(PolicyText, IsThatOfHelmetWhereNothingIsWritten) { EXPECT_EQ(text_of({}), Helmet8); }

TEST(PolicyText, TakesADirectiveInPlaceOfTheDefault) {
  std::string expected(Helmet8);
  expected.replace(expected.find("img-src 'self' data:"), 20, "img-src *");
  EXPECT_EQ(text_of({{"img-src", {"*"}}}), expected);
}

TEST(PolicyText, PutsNewDirectivesBehindTheDefaults) {
  EXPECT_EQ(text_of({{"connect-src", {"'self'", "wss://live.example.com"}}}),
            std::string(Helmet8) + ";connect-src 'self' wss://live.example.com");
}

TEST(PolicyText, LeavesOutWhatIsOff) {
  EXPECT_EQ(text_of({{"upgrade-insecure-requests", {"off"}}}),
            Helmet8.substr(0, Helmet8.rfind(';')));
  EXPECT_EQ(text_of({{"default-src", {"off"}}}, Defaults::Left), "");
}

TEST(PolicyText, HoldsWhatIsWrittenAloneWithoutDefaults) {
  EXPECT_EQ(text_of({{"default-src", {"'none'"}}, {"script-src", {}}}, Defaults::Left),
            "default-src 'none';script-src");
}

TEST(PolicyText, PutsTheNonceWhereverItIsNamed) {
  const Directives written = {{"default-src", {"'self'"}},
                              {"script-src", {"{csp.nonce}", "'strict-dynamic'"}},
                              {"style-src", {"'self'", "{csp.nonce}"}}};
  const PolicyText text(written, Defaults::Left);
  EXPECT_TRUE(text.wants_nonce());
  EXPECT_EQ(text.write("abc"),
            "default-src 'self';script-src 'nonce-abc' 'strict-dynamic';style-src 'self' "
            "'nonce-abc'");
  EXPECT_EQ(text.write("d"),
            "default-src 'self';script-src 'nonce-d' 'strict-dynamic';style-src 'self' 'nonce-d'");
  EXPECT_FALSE(PolicyText({}, Defaults::Used).wants_nonce());
}

TEST(CspDirective, IsOneOfThoseThatBrowsersKnow) {
  for (const std::string_view name : {"default-src", "script-src-elem", "upgrade-insecure-requests",
                                      "report-to", "trusted-types", "frame-ancestors"}) {
    EXPECT_EQ(fault_of_directive(name), "") << name;
  }
  EXPECT_EQ(fault_of_directive("scriptSrc"),
            "\"scriptSrc\" is no directive of CSP; write script-src");
  EXPECT_EQ(fault_of_directive("script_src"),
            "\"script_src\" is no directive of CSP; write script-src");
  EXPECT_EQ(fault_of_directive("scrpt-src"),
            "\"scrpt-src\" is no directive of CSP; write one such as script-src");
  EXPECT_NE(fault_of_directive("img-src; script-src *"), "");
  EXPECT_NE(fault_of_directive(""), "");
}

struct Source {
  std::string_view text;
  std::string_view fault;  ///< What the sentence begins with; empty: it is taken.
};

class CspSource : public testing::TestWithParam<Source> {};

TEST_P(CspSource, IsTakenOrToldWhatIsWrong) {
  const std::string fault = fault_of_source(GetParam().text);
  if (GetParam().fault.empty()) {
    EXPECT_EQ(fault, "");
  } else {
    EXPECT_EQ(fault.substr(0, GetParam().fault.size()), GetParam().fault);
    EXPECT_NE(fault.find("; "), std::string::npos) << "no remedy: " << fault;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Taken, CspSource,
    testing::Values(Source{"'self'", ""}, Source{"'none'", ""}, Source{"*", ""},
                    Source{"https:", ""}, Source{"https://cdn.example.com:8443/lib/", ""},
                    Source{"*.example.com", ""}, Source{"{csp.nonce}", ""}, Source{"off", ""},
                    Source{"'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='", ""},
                    Source{"'wasm-unsafe-eval'", ""}, Source{"allow-forms", ""},
                    Source{"/csp-report", ""}, Source{"'allow-duplicates'", ""},
                    Source{"self.example.com", ""}));

INSTANTIATE_TEST_SUITE_P(
    Refused, CspSource,
    testing::Values(
        Source{"self", "self without quotes is the name of a host; write \"'self'\""},
        Source{"none", "none without quotes"}, Source{"unsafe-inline", "unsafe-inline without"},
        Source{"unsafe-eval", "unsafe-eval without"},
        Source{"strict-dynamic", "strict-dynamic without"},
        Source{"report-sample", "report-sample without"},
        Source{"unsafe-hashes", "unsafe-hashes without"},
        Source{"wasm-unsafe-eval", "wasm-unsafe-eval without"},
        Source{"inline-speculation-rules", "inline-speculation-rules without"},
        Source{"sha256-abc=", "sha256-abc= without"}, Source{"nonce-abc", "a fixed nonce"},
        Source{"'nonce-abc'", "a nonce that never changes"},
        Source{"'slef'", "\"'slef'\" is no keyword"}, Source{"'self", "a single quote is missing"},
        Source{"self'", "a single quote is missing"}, Source{"'", "a single quote is missing"},
        Source{"''", "\"''\" is no keyword"}, Source{"{nonce}", "no such variable"},
        Source{"'self' https:", "two sources"}, Source{"a;script-src *", "; and ,"},
        Source{"a,b", "; and ,"}, Source{"a\r\nX: b", "has a character"},
        Source{"a\tb", "two sources"}, Source{"\xc3\xa4", "has a character"},
        Source{"", "is empty"}));

TEST(CspDirectives, WantCertainWordsAlone) {
  EXPECT_TRUE(stand_alone({{"script-src", {"'none'"}}, {"img-src", {"'self'", "data:"}}}));
  EXPECT_TRUE(stand_alone({{"script-src", {}}}));
  EXPECT_FALSE(stand_alone({{"script-src", {"'none'", "'self'"}}}));
  EXPECT_FALSE(stand_alone({{"script-src", {"'self'", "off"}}}));
}

}  // namespace
}  // namespace portico::headers

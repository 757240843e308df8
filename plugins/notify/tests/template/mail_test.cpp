// SPDX-License-Identifier: Apache-2.0
// Templates in several locales, and the mails that they make.
#include "template/locale.h"
#include "template/rendered_mail.h"
#include "tests/template/facts.h"

#include <utility>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

std::shared_ptr<const Parts> parts(const Parts::Sources& sources) {
  auto parsed = Parts::parse(sources);
  EXPECT_TRUE(std::holds_alternative<Parts>(parsed));
  return std::make_shared<const Parts>(std::get<Parts>(std::move(parsed)));
}

RenderFault fault_of(const Catalog& catalog, std::string_view key, std::string_view locale,
                     std::string_view json = "{}") {
  auto result = render_mail(catalog, key, locale, test::data(json));
  EXPECT_TRUE(std::holds_alternative<RenderFault>(result));
  return std::holds_alternative<RenderFault>(result) ? std::get<RenderFault>(std::move(result))
                                                     : RenderFault();
}

RenderedMail mail(const Catalog& catalog, std::string_view key, std::string_view locale,
                  std::string_view json = "{}") {
  auto result = render_mail(catalog, key, locale, test::data(json));
  if (const auto* const fault = std::get_if<RenderFault>(&result)) {
    ADD_FAILURE() << fault->sentence;
    return {};
  }
  return std::get<RenderedMail>(std::move(result));
}

TEST(Locale, LosesItsLastPartFirst) {
  EXPECT_EQ(locales_from("zh-Hant-TW"), (std::vector<std::string>{"zh-hant-tw", "zh-hant", "zh"}));
  EXPECT_EQ(locales_from(""), std::vector<std::string>());
}

TEST(Texts, FallBackFromTheClosestLocale) {
  Texts texts;
  EXPECT_EQ(texts.best("de", "en"), nullptr);
  for (const char* const locale : {"fr", "de", "de-CH", "en", "it"}) {
    texts.put(locale, parts({.subject = "s", .text = "t"}));
  }
  for (const auto& [wanted, found] : {
           std::pair("de-CH", "de-CH"),
           std::pair("DE-ch", "de-CH"),
           std::pair("de-AT", "de"),
           std::pair("de-CH-1996", "de-CH"),
           std::pair("de", "de"),
           std::pair("en-GB", "en"),
           std::pair("es", "en"),
           std::pair("", "en"),
           std::pair("d", "en"),
       }) {
    EXPECT_EQ(texts.best(wanted, "en")->locale, found) << wanted;
  }
  EXPECT_EQ(texts.best("es", "it-CH")->locale, "it");
  EXPECT_EQ(texts.best("es", "pt")->locale, "de") << "Any, and always the same one.";
}

TEST(Parts, TellWhichOfThemIsFaulty) {
  const auto fault = [](const Parts::Sources& sources) {
    const auto parsed = Parts::parse(sources);
    return std::string(name_of(std::get<Parts::Fault>(parsed).part));
  };
  EXPECT_EQ(fault({.subject = "{{", .text = "", .html = ""}), "subject");
  EXPECT_EQ(fault({.subject = "a", .text = "{{", .html = ""}), "text");
  EXPECT_EQ(fault({.subject = "a", .text = "", .html = "<p"}), "html");
}

TEST(RenderedMail, HasAllThreeParts) {
  Catalog catalog;
  catalog.put("k", "en", parts({.subject = "S {{a}}", .text = "T {{a}}", .html = "<p>{{a}}</p>"}));
  const RenderedMail made = mail(catalog, "k", "de", R"({"a": "<\n>"})");
  EXPECT_EQ(made.locale, "en");
  EXPECT_EQ(made.subject, "S < >");
  EXPECT_EQ(made.text, "T <\n>");
  EXPECT_EQ(made.html, "<p>&lt;\n&gt;</p>");
}

TEST(RenderedMail, HasTextAloneWhereThereIsNoHtml) {
  Catalog catalog;
  catalog.put("k", "en", parts({.subject = "S", .text = "T"}));
  EXPECT_EQ(mail(catalog, "k", "en").html, "");
}

TEST(RenderedMail, MakesItsTextOfHtmlWhereThereIsNone) {
  Catalog catalog;
  catalog.put("k", "en",
              parts({.subject = "S", .html = "<p>Hello <b>{{a}}</b></p><a href=\"{{l}}\">x</a>"}));
  EXPECT_EQ(mail(catalog, "k", "en", R"({"a": "<i>&", "l": "https://x/?a&b"})").text,
            "Hello <i>&\n\nx (https://x/?a&b)");
}

TEST(RenderedMail, TakesNoPartFromAnotherLocale) {
  Catalog catalog;
  catalog.put("k", "en", parts({.subject = "S", .text = "T", .html = "H"}));
  catalog.put("k", "de", parts({.text = "T"}));
  catalog.put("k", "fr", parts({.subject = "S"}));
  catalog.put("k", "it", parts({.subject = "S", .text = "T it"}));
  EXPECT_EQ(fault_of(catalog, "k", "de").sentence, "A mail has a subject: write one.");
  EXPECT_EQ(fault_of(catalog, "k", "fr").sentence, "A mail has a text or html: write one of them.");
  EXPECT_EQ(fault_of(catalog, "k", "de").kind, RenderFault::Kind::NoMail);
  EXPECT_EQ(mail(catalog, "k", "it").html, "");
  EXPECT_EQ(fault_of(catalog, "none", "en").kind, RenderFault::Kind::UnknownTemplate);
}

TEST(RenderedMail, TakesPartialsInItsOwnLocale) {
  Catalog catalog;
  catalog.put("foot", "en", parts({.text = "Bye"}));
  catalog.put("foot", "de", parts({.text = "Gruss"}));
  catalog.put("k", "en", parts({.subject = "S", .text = "{{> foot}}"}));
  catalog.put("k", "de", parts({.subject = "S", .text = "{{> foot}}"}));
  catalog.put("only", "en", parts({.subject = "S", .text = "{{> foot}}"}));
  EXPECT_EQ(mail(catalog, "k", "de-AT").text, "Gruss");
  EXPECT_EQ(mail(catalog, "k", "fr").text, "Bye");
  EXPECT_EQ(mail(catalog, "only", "de").text, "Bye") << "A mail is in one language.";
}

TEST(RenderedMail, KnowsItsLocaleWhateverTheData) {
  Catalog catalog;
  catalog.put("k", "de", parts({.subject = "S", .html = "<html lang=\"{{locale}}\">{{a}}"}));
  EXPECT_EQ(mail(catalog, "k", "de-AT", R"({"a": 1, "locale": "xx"})").html, "<html lang=\"de\">1");
  const auto variables = variables_of(catalog, *catalog.find("k", "de"));
  EXPECT_EQ(std::get<std::vector<Variable>>(variables),
            (std::vector<Variable>{{.name = "a", .required = true}}));
}

TEST(RenderedMail, NeedsTheVariablesOfAllItsParts) {
  Catalog catalog;
  catalog.put("k", "en", parts({.subject = "{{a}}", .text = "{{b}}", .html = "{{#b}}{{c}}{{/b}}"}));
  EXPECT_EQ(std::get<std::vector<Variable>>(variables_of(catalog, *catalog.find("k", "en"))),
            (std::vector<Variable>{{.name = "a", .required = true},
                                   {.name = "b", .required = true},
                                   {.name = "c", .section = "b"}}));
  EXPECT_EQ(fault_of(catalog, "k", "en", R"({"b": 1, "c": 1})").part, Escape::Line);
  EXPECT_EQ(fault_of(catalog, "k", "en", R"({"a": 1, "c": 1})").name, "b");
  EXPECT_EQ(fault_of(catalog, "k", "en", R"({"a": 1, "b": 1})").name, "c");
}

TEST(Catalog, TakesTheNewerOfTwo) {
  Catalog catalog;
  catalog.put("k", "en", parts({.subject = "old", .text = "t"}));
  const Catalog copy = catalog;
  catalog.put("k", "EN", parts({.subject = "new", .text = "t"}));
  EXPECT_EQ(mail(catalog, "k", "en").subject, "new");
  EXPECT_EQ(mail(copy, "k", "en").subject, "old");
}

}  // namespace
}  // namespace portico::notify

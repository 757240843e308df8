// SPDX-License-Identifier: Apache-2.0
// What each built-in template needs and makes.
#include "template/html_text.h"
#include "tests/builtin/mails.h"
#include "tests/template/skeleton.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>

namespace portico::notify {
namespace {

using test::Given;
using test::given_to;
using test::mail;

constexpr std::array<std::string_view, 2> Locales{"en", "de"};

bool is_mail(const BuiltIn& each) { return !each.subject.empty(); }

TEST(BuiltInTemplates, AreDocumented) {
  std::set<std::string_view> documented;
  for (const BuiltInVariables& each : built_in_variables()) documented.insert(each.key);
  std::set<std::string_view> mails;
  for (const BuiltIn& each : built_in_templates()) {
    if (is_mail(each)) mails.insert(each.key);
  }
  EXPECT_EQ(mails, documented);
}

TEST(BuiltInTemplates, AreThoseThatAccountsAskFor) {
  for (const char* const about :
       {"verify_email", "reset_password", "already_registered", "new_device", "password_changed",
        "api_key_created", "session_ended_for_reuse"}) {
    EXPECT_NE(test::catalog().find("auth." + std::string(about), "en"), nullptr) << about;
  }
}

TEST(BuiltInTemplates, AreTheSameInEachLocale) {
  std::map<std::string_view, std::set<std::string>> keys;
  for (const BuiltIn& each : built_in_templates()) {
    const std::string parts = std::string(each.subject.empty() ? "" : " subject") +
                              (each.text.empty() ? "" : " text") +
                              (each.html.empty() ? "" : " html");
    EXPECT_TRUE(keys[each.locale].insert(std::string(each.key) + parts).second) << each.key;
  }
  ASSERT_EQ(keys.size(), Locales.size());
  EXPECT_EQ(keys["en"], keys["de"]);
}

// No words of one language in a mail of the other.
TEST(BuiltInTemplates, AreInOneLanguage) {
  for (const BuiltInVariables& each : built_in_variables()) {
    Value::Map data = given_to(each, Given::Optional);
    for (auto& [name, value] : data) value = value.text() != nullptr ? Value("1") : value;
    data.erase("items");
    const auto english = mail(each.key, "en", data);
    const auto german = mail(each.key, "de-AT", data);
    EXPECT_EQ(german.locale, "de");
    EXPECT_NE(german.html.find("<html lang=\"de\""), std::string::npos);
    for (const char* const word : {" the ", " your ", "Unsubscribe", " is ", " was ", " for "}) {
      EXPECT_EQ(german.text.find(word), std::string::npos) << each.key << word;
      EXPECT_EQ(text_of_html(german.html).find(word), std::string::npos) << each.key << word;
    }
    for (const char* const word : {" der ", " die ", " und ", "bestellen", " ist ", "Adresse"}) {
      EXPECT_EQ(english.text.find(word), std::string::npos) << each.key << word;
      EXPECT_EQ(text_of_html(english.html).find(word), std::string::npos) << each.key << word;
    }
  }
}

TEST(BuiltInTemplates, NeedWhatIsDocumented) {
  for (const BuiltInVariables& each : built_in_variables()) {
    std::set<std::string> required{"site"};
    std::set<std::string> optional{"email", "unsubscribe"};
    required.insert(each.required.begin(), each.required.end());
    optional.insert(each.optional.begin(), each.optional.end());
    for (const std::string_view locale : Locales) {
      const auto found = variables_of(test::catalog(), *test::catalog().find(each.key, locale));
      ASSERT_TRUE(std::holds_alternative<std::vector<Variable>>(found)) << each.key;
      std::set<std::string> found_required;
      std::set<std::string> found_optional;
      for (const Variable& variable : std::get<std::vector<Variable>>(found)) {
        if (variable.required) found_required.insert(variable.name);
        // Those of the elements of a list are not given by themselves.
        if (!variable.required && variable.section != "items") found_optional.insert(variable.name);
      }
      EXPECT_EQ(found_required, required) << each.key << ' ' << locale;
      for (const std::string& name : found_required) found_optional.erase(name);
      EXPECT_EQ(found_optional, optional) << each.key << ' ' << locale;
    }
  }
}

TEST(BuiltInTemplates, NameEachVariableThatIsLeftOut) {
  for (const BuiltInVariables& each : built_in_variables()) {
    for (const std::string_view locale : Locales) {
      const Value::Map all = given_to(each, Given::Required);
      static_cast<void>(mail(each.key, locale, all));
      for (const auto& [name, value] : all) {
        Value::Map some = all;
        some.erase(name);
        const auto result = render_mail(test::catalog(), each.key, locale, some);
        const auto* const fault = std::get_if<RenderFault>(&result);
        ASSERT_NE(fault, nullptr) << each.key << " without " << name;
        EXPECT_EQ(fault->kind, RenderFault::Kind::MissingVariable);
        EXPECT_EQ(fault->name, name);
      }
    }
  }
}

TEST(BuiltInTemplates, ShowAllThatTheyAreGiven) {
  for (const BuiltInVariables& each : built_in_variables()) {
    for (const std::string_view locale : Locales) {
      Value::Map data = given_to(each, Given::Optional);
      if (each.key == "notify.digest")
        data.insert_or_assign("items", Value::List{Value::Map{{"title", "items"}}});
      for (auto& [name, value] : data) {
        if (name != "items") value = Value("https://" + name + ".example/");
      }
      const auto made = mail(each.key, locale, data);
      for (const auto& [name, value] : data) {
        const std::string shown = name == "items" ? name : value.printed();
        EXPECT_NE(made.text.find(shown), std::string::npos) << each.key << ' ' << name;
        EXPECT_NE(made.html.find(shown), std::string::npos) << each.key << ' ' << name;
      }
    }
  }
}

TEST(BuiltInTemplates, HaveALinkAsAButtonAndAsText) {
  for (const char* const key : {"auth.verify_email", "auth.reset_password", "notify.message"}) {
    const auto& all = built_in_variables();
    const auto documented =
        std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.key == key; });
    const auto made = mail(key, "en", given_to(*documented, Given::Optional));
    const std::string href = "href=\"https://id.harbour.example/auth/verify-email?token=";
    const std::size_t first = made.html.find(href);
    ASSERT_NE(first, std::string::npos);
    EXPECT_NE(made.html.find(href, first + 1), std::string::npos);
    EXPECT_NE(made.html.find(">https://id.harbour.example/auth/verify-email?token="),
              std::string::npos);
  }
}

TEST(BuiltInTemplates, LeaveNothingOfWhatIsNotThere) {
  for (const BuiltInVariables& each : built_in_variables()) {
    const auto made = mail(each.key, "en", given_to(each, Given::Required));
    EXPECT_EQ(made.text.find("Unsubscribe"), std::string::npos);
    EXPECT_EQ(made.html.find("Unsubscribe"), std::string::npos);
    EXPECT_EQ(made.text.find("\n\n\n"), std::string::npos) << each.key << "\n" << made.text;
    EXPECT_EQ(made.text.find("{{"), std::string::npos);
    EXPECT_EQ(made.html.find("{{"), std::string::npos);
  }
}

TEST(BuiltInTemplates, HaveNoLongLines) {
  for (const BuiltInVariables& each : built_in_variables()) {
    for (const std::string_view locale : Locales) {
      const std::string text = mail(each.key, locale, given_to(each, Given::Optional)).text;
      for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string line = text.substr(begin, end - begin);
        if (line.find("https://") == std::string::npos) {
          EXPECT_LE(line.size(), 90U) << line;
        }
        begin = end + 1;
      }
    }
  }
}

// They are read where pictures are not shown and scripts do not run.
TEST(BuiltInTemplates, FetchNothing) {
  for (const BuiltIn& each : built_in_templates()) {
    for (const char* const word : {"<img", "src=", "url(", "@import", "<link", "http:"}) {
      EXPECT_EQ(each.html.find(word), std::string_view::npos) << each.key << ' ' << word;
    }
  }
}

// Case 131, and 127 for the subject.
TEST(BuiltInTemplates, HaveTheSameTagsWhateverTheData) {
  for (const BuiltInVariables& each : built_in_variables()) {
    for (const std::string_view locale : Locales) {
      Value::Map data = given_to(each, Given::Optional);
      const auto plain = mail(each.key, locale, data);
      for (const char* const attack :
           {"\"><script>alert(1)</script>", "'onmouseover='x", "</title><b>", "javascript:alert(1)",
            "{{site}}", "x\r\nBcc: eve@example.com"}) {
        for (auto& [name, value] : data) {
          if (value.text() != nullptr) value = Value(attack);
        }
        const auto attacked = mail(each.key, locale, data);
        EXPECT_EQ(test::skeleton_of(attacked.html), test::skeleton_of(plain.html)) << each.key;
        EXPECT_EQ(attacked.subject.find_first_of("\r\n"), std::string::npos);
        EXPECT_EQ(attacked.html.find("href=\"javascript"), std::string::npos);
      }
    }
  }
}

// Gmail cuts mails off behind 102 KB.
TEST(BuiltInTemplates, AreSmall) {
  for (const BuiltInVariables& each : built_in_variables()) {
    EXPECT_LT(mail(each.key, "de", given_to(each, Given::Optional)).html.size(), 16U * 1024)
        << each.key;
  }
}

/// Into the folder that PORTICO_MAILS names, for whoever wants to look at them.
TEST(BuiltInTemplates, CanBeLookedAt) {
  const char* const folder = std::getenv("PORTICO_MAILS");
  if (folder == nullptr) GTEST_SKIP() << "PORTICO_MAILS is not set.";
  for (const BuiltInVariables& each : built_in_variables()) {
    for (const std::string_view locale : Locales) {
      const auto made = mail(each.key, locale, given_to(each, Given::Optional));
      const std::string name =
          std::string(folder) + '/' + std::string(each.key) + '.' + made.locale;
      std::ofstream(name + ".html") << made.html;
      std::ofstream(name + ".txt") << made.subject << "\n\n" << made.text;
      EXPECT_TRUE(std::ifstream(name + ".html").good());
    }
  }
}

}  // namespace
}  // namespace portico::notify

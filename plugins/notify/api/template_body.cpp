// SPDX-License-Identifier: Apache-2.0
#include "api/template_body.h"

#include "shared/time_text.h"

#include <algorithm>

namespace portico::notify {
namespace {

constexpr std::size_t MostSource = 256 * 1024;

std::string check_key(std::string_view text) {
  const bool good =
      !text.empty() && !text.starts_with('.') && !text.ends_with('.') &&
      text.find("..") == std::string_view::npos && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
      });
  return good ? std::string()
              : "is no key; write words of small letters, digits and '_', with dots";
}

template <class T>
void describe_words(Schema<T>& s) {
  s.field("locale", &T::locale, "In which language.").min(2).max(35);
  s.field("subject", &T::subject, "One line.").max(2000);
  s.field("text", &T::text, "The plain text.").max(MostSource);
  s.field("html", &T::html, "The same in HTML; empty: the text is all.").max(MostSource);
}

}  // namespace

void WordsBody::describe(Schema<WordsBody>& s) {
  s.summary("The words of a template.");
  describe_words(s);
}

void NewTemplateBody::describe(Schema<NewTemplateBody>& s) {
  s.summary("A template.");
  s.field("key", &NewTemplateBody::key, "What messages call it.")
      .required()
      .max(100)
      .check(check_key);
  describe_words(s);
}

void PreviewBody::describe(Schema<PreviewBody>& s) {
  s.summary("What a template is filled in with.");
  s.field("data", &PreviewBody::data, "An object.");
  s.field("locale", &PreviewBody::locale, "In which language.").max(35);
  s.field("words", &PreviewBody::words, "Words that are not kept yet, instead of the template's.");
}

void TestBody::describe(Schema<TestBody>& s) {
  s.summary("Who gets a mail from a template.");
  s.field("data", &TestBody::data, "An object.");
  s.field("locale", &TestBody::locale, "In which language.").max(35);
  s.field("email", &TestBody::email, "Where to.").required().max(254);
}

void PreviewView::describe(Schema<PreviewView>& s) {
  s.summary("A template that was filled in.");
  s.field("locale", &PreviewView::locale, "In which language.");
  s.field("subject", &PreviewView::subject, "One line.");
  s.field("text", &PreviewView::text, "The plain text.");
  s.field("html", &PreviewView::html, "The same in HTML.");
}

void VariableView::describe(Schema<VariableView>& s) {
  s.summary("What a template prints.");
  s.field("name", &VariableView::name, "Its path in the data.");
  s.field("required", &VariableView::required, "Whether it must be there.");
}

void TemplateView::describe(Schema<TemplateView>& s) {
  s.summary("A template, in one language.");
  s.field("key", &TemplateView::key, "What messages call it.");
  s.field("locale", &TemplateView::locale, "In which language.");
  s.field("version", &TemplateView::version, "Which wording; 0: it is built in.");
  s.field("subject", &TemplateView::subject, "One line.");
  s.field("text", &TemplateView::text, "The plain text.");
  s.field("html", &TemplateView::html, "The same in HTML.");
  s.field("variables", &TemplateView::variables, "What it prints.");
  s.field("created_by", &TemplateView::created_by, "Whose wording it is.");
  s.field("created_at", &TemplateView::created_at, "Since when.");
}

TemplateView view_of(const TemplateRow& row) {
  TemplateView view{.key = row.key,
                    .locale = row.locale,
                    .version = row.version,
                    .subject = row.subject,
                    .text = row.text,
                    .html = row.html,
                    .variables = {},
                    .created_by = row.created_by,
                    .created_at = {}};
  if (row.created != Time(0)) view.created_at = time_text(row.created);
  return view;
}

void TemplateList::describe(Schema<TemplateList>& s) {
  s.summary("Templates, by their keys.");
  s.field("items", &TemplateList::items, "All of them.");
}

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
// Templates as requests write them, and as answers show them.
#pragma once

#include "store/templates.h"
#include "template/rendered_mail.h"
#include <portico/schema.h>
#include <portico/units.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace portico::notify {

struct WordsBody {
  std::string locale = "en";
  std::string subject;
  std::string text;
  std::string html;

  static void describe(Schema<WordsBody>& s);
};

struct NewTemplateBody : WordsBody {
  std::string key;

  static void describe(Schema<NewTemplateBody>& s);
};

struct PreviewBody {
  Json data;
  std::string locale;
  /// Words that are not kept yet.
  std::optional<WordsBody> words;

  static void describe(Schema<PreviewBody>& s);
};

struct TestBody {
  Json data;
  std::string locale;
  std::string email;

  static void describe(Schema<TestBody>& s);
};

struct PreviewView {
  std::string locale;
  std::string subject;
  std::string text;
  std::string html;

  static void describe(Schema<PreviewView>& s);
};

struct VariableView {
  std::string name;
  bool required = true;

  static void describe(Schema<VariableView>& s);
};

struct TemplateView {
  std::string key;
  std::string locale;
  std::int64_t version = 0;
  std::string subject;
  std::string text;
  std::string html;
  std::vector<VariableView> variables;
  std::optional<std::string> created_by;
  std::optional<std::string> created_at;

  static void describe(Schema<TemplateView>& s);
};
[[nodiscard]] TemplateView view_of(const TemplateRow& row);

struct TemplateList {
  std::vector<TemplateView> items;

  static void describe(Schema<TemplateList>& s);
};

}  // namespace portico::notify

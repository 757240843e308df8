// SPDX-License-Identifier: Apache-2.0
// Routes of templates. Those that are built in are shown too; one of the same key takes their
// place.
#pragma once

#include "api/site.h"
#include "api/template_body.h"
#include <portico/http.h>

#include <string>
#include <string_view>

namespace portico::notify {

class TemplateRoutes {
 public:
  explicit TemplateRoutes(const Site& site) : site_(site) {}

  [[nodiscard]] Response list(Request& request) const;
  [[nodiscard]] Response create(Request& request) const;
  [[nodiscard]] Response show(Request& request) const;
  [[nodiscard]] Response replace(Request& request) const;
  [[nodiscard]] Response remove(Request& request) const;
  [[nodiscard]] Response versions(Request& request) const;
  [[nodiscard]] Response preview(Request& request) const;
  [[nodiscard]] Response test(Request& request) const;

 private:
  [[nodiscard]] TemplateRow current(Reader& db, const std::string& key,
                                    std::string_view locale) const;
  [[nodiscard]] TemplateView write(Request& request, const TemplateRow& row, Status& status) const;
  [[nodiscard]] TemplateView shown(const TemplateRow& row) const;

  const Site& site_;
};

}  // namespace portico::notify

// SPDX-License-Identifier: Apache-2.0
#include "http/request_state.h"
#include "http/template_program.h"
#include <portico/units.h>

#include <utility>

namespace portico {

using detail::TemplateProgram;

Template::Template() noexcept : program_(nullptr) {}

Template::Template(std::string_view text)
    : program_(text.empty() ? nullptr : TemplateProgram::compile(text)) {}

Template::Template(const Template& other) : program_(other.program_) {
  if (program_ != nullptr) program_->hold();
}

Template::Template(Template&& other) noexcept : program_(std::exchange(other.program_, nullptr)) {}

Template& Template::operator=(Template other) noexcept {
  std::swap(program_, other.program_);
  return *this;
}

Template::~Template() {
  if (program_ != nullptr) program_->release();
}

std::string_view Template::render(const Request& request) const {
  return program_ == nullptr ? std::string_view()
                             : program_->render(http::RequestState::of(request));
}

std::string_view Template::source() const noexcept {
  return program_ == nullptr ? std::string_view() : program_->source;
}

bool Template::empty() const noexcept { return program_ == nullptr; }

std::string_view Template::variable(std::size_t index) const noexcept {
  if (program_ == nullptr || index >= program_->variables.size()) return {};
  return program_->variables[index].name;
}

}  // namespace portico

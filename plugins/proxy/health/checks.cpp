// SPDX-License-Identifier: Apache-2.0
#include "health/checks.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace portico::proxy {

struct Checks::Patient {
  explicit Patient(Subject its_subject) : subject(std::move(its_subject)) {}

  const Subject subject;
  Time due{0};
  bool asked = false;     // An answer is awaited.
  std::uint32_t row = 0;  // Verdicts against what its vitals say.
};

Checks::Checks(const CheckSettings& settings, std::string group, const Upstream& upstream, bool tls,
               Host& host)
    : settings_(settings),
      expectation_(settings),
      group_(std::move(group)),
      upstream_(upstream),
      tls_(tls),
      host_(host) {}

Checks::~Checks() = default;

void Checks::watch(std::vector<Subject> subjects) {
  std::vector<std::shared_ptr<Patient>> patients;
  const std::scoped_lock lock(mutex_);
  for (Subject& subject : subjects) {
    const auto same = [&](const std::shared_ptr<Patient>& old) {
      return old->subject.address == subject.address && old->subject.vitals == subject.vitals;
    };
    const auto found = std::ranges::find_if(patients_, same);
    patients.push_back(found != patients_.end() ? *found
                                                : std::make_shared<Patient>(std::move(subject)));
  }
  patients_ = std::move(patients);
}

void Checks::tick() {
  std::vector<std::shared_ptr<Patient>> due;
  {
    const Time now = host_.now();
    const std::scoped_lock lock(mutex_);
    for (const std::shared_ptr<Patient>& patient : patients_) {
      if (patient->asked || patient->due > now) continue;
      patient->asked = true;
      due.push_back(patient);
    }
  }
  for (const std::shared_ptr<Patient>& patient : due) ask(patient);
}

Fetch Checks::question(const Subject& subject) const {
  const std::string& host = settings_.host.empty() ? subject.authority : settings_.host;
  Fetch question;
  question.method = settings_.path.empty() ? "" : settings_.method;
  question.url = (tls_ ? "https://" : "http://") + host + settings_.path;
  question.timeout = settings_.timeout;
  question.internal = true;
  question.address = subject.address;
  question.as = &upstream_;
  return question;
}

void Checks::ask(const std::shared_ptr<Patient>& patient) {
  host_.fetch(question(patient->subject),
              [this, patient](const Fetched& answer) { hear(*patient, answer); });
}

Time Checks::next_time() const {
  std::array<std::byte, sizeof(std::uint32_t)> random{};
  host_.random(random);
  const Time whole = settings_.every;
  const auto fifth = static_cast<std::uint64_t>(whole.count() / 5);
  const auto part = std::bit_cast<std::uint32_t>(random) % std::max<std::uint64_t>(fifth, 1);
  return host_.now() + whole - whole / 10 + Time(part);
}

void Checks::hear(Patient& patient, const Fetched& answer) {
  const std::string fault = expectation_.fault(answer);
  const bool well = fault.empty();
  Vitals& vitals = *patient.subject.vitals;
  bool turned = false;
  {
    const std::scoped_lock lock(mutex_);
    patient.asked = false;
    patient.due = next_time();
    patient.row = well == vitals.well() ? 0 : patient.row + 1;
    turned = patient.row >= (well ? settings_.up : settings_.down);
    if (turned) {
      patient.row = 0;
      vitals.diagnose(well, host_.now());
    }
  }
  if (!turned) return;
  if (well) {
    host_.log(Level::Info, "upstream.up " + group_ + ": " + patient.subject.name + " is well");
    host_.publish("upstream.up", {{"upstream", group_}, {"target", patient.subject.name}});
  } else {
    host_.log(Level::Warning, "upstream.down " + group_ + ": " + patient.subject.name +
                                  " is not well, " + fault + "; it gets no requests");
    host_.publish("upstream.down",
                  {{"upstream", group_}, {"target", patient.subject.name}, {"reason", fault}});
  }
}

}  // namespace portico::proxy

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "incidents/contact.h"

namespace gw::incidents {

struct EmergencyStep {
  std::string_view heading, text;
};
/// Those of emergency_steps.def.
std::span<const EmergencyStep> emergency_steps();

/// The sheet that hangs beside the box (INC-02, EMG-04): who is reached how, in which order services come
/// back, and what is done first. In Japanese, as the desks are that it names.
struct ContactSheet {
  std::string site{};  ///< as the configuration in force names it; empty: it does not
  CivilTime made{};
  std::vector<Contact> contacts{};
  std::vector<std::string> services{};  ///< "tenant/service"; the clinic writes their order with a pen
};
std::string text_of(const ContactSheet& sheet);
/// A page for print on A4, whole by itself.
std::string page_of(const ContactSheet& sheet);

}  // namespace gw::incidents

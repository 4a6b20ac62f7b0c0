#pragma once

#include "base/language.h"
#include "pki/verify_error.h"

namespace gw::pki {

/// A fault for the people who must mend it (explanations.def).
struct Explanation {
  const char* rule;  ///< clause and control that demand it
  const char* meaning;
  const char* clinic;
  const char* vendor;
};

/// There is one for every fault; of `none` it says that nothing is wrong.
Explanation explanation_of(Fault fault, Language language);

}  // namespace gw::pki

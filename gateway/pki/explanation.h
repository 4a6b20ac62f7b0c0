#pragma once

#include "pki/verify_error.h"

namespace gw::pki {

/// A fault for the people who must mend it.
struct Explanation {
  const char* meaning;  ///< what is wrong, in plain words
  const char* rule;     ///< clause and control that demand it
  const char* clinic;   ///< what the clinic does
  const char* vendor;   ///< what whoever issues the certificates does
};

/// There is one for every fault; of `none` it says that nothing is wrong.
const Explanation& explanation_of(Fault fault);

}  // namespace gw::pki

#pragma once

#include <string>
#include <string_view>

namespace gw::ca {

/// A random word for somebody to type: five groups of four letters and digits, of which none is taken for
/// another one, "k7mh-x2pq-...": 97 bits. Good for a PKCS#12 file's password and for a ticket.
std::string random_word();
/// As random_word() writes it, if that is what somebody typed: capitals, blanks and lost hyphens are
/// forgiven. Empty otherwise.
std::string tidy_word(std::string_view typed);

}  // namespace gw::ca

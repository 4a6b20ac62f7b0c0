#pragma once

#include <string>
#include <vector>

#include "pki/handles.h"

namespace gw::pki {

/// A name as RFC 2253 writes it, everything that is not plain UTF-8 escaped, cut at 128 octets.
std::string name_text(const X509_NAME* name);
/// Alternative names, such as "URI:urn:x", "DNS:a.example", "IP:10.1.0.1", "email:a@b.example"; of other
/// kinds their kind alone. Foreign octets are escaped, each name is cut at 128 octets. Null is no name.
std::vector<std::string> names_text(const GENERAL_NAMES* names);
/// Those of a certificate.
std::vector<std::string> names_text(const X509* certificate);

}  // namespace gw::pki

#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace gw::support::der {

/// DER (X.690) written by hand, so that a test can also write what no library would. All values are octets.
std::string tagged(unsigned char tag, std::string_view content);
std::string sequence(std::initializer_list<std::string_view> parts);
std::string oid(const std::string& dotted);
/// The content octets as they are: positive, negative or too long.
std::string integer(std::string_view content);
std::string octets(std::string_view content);
/// No unused bits.
std::string bits(std::string_view content);
std::string boolean(bool value);
/// UTCTime, or GeneralizedTime for anything of 15 characters and more. "U:" or "G:" before it decides
/// instead.
std::string time(std::string_view text);
/// A Name with one UTF-8 common name; empty text: the empty Name.
std::string name(std::string_view common_name);

}  // namespace gw::support::der

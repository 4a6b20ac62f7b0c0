#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ca/names.h"
#include "ca/public_key.h"
#include "ca/subject.h"
#include "model/configuration.h"

namespace gw::ca {

/// What a certificate is for.
enum class Role : std::uint8_t {
  root,              ///< the vendor's, offline
  site_ca,           ///< issues for one site
  terminal,          ///< a terminal toward the box
  box_server,        ///< the box toward terminals
  upstream,          ///< the box toward a cloud service
  noc,               ///< the box toward the operations centre
  web,               ///< the box's administration pages
  firmware_signing,  ///< signs firmware bundles
};

/// What the key may do (RFC 5280 4.2.1.3); the value is the bit's number.
enum class Usage : std::uint8_t { digital_signature = 0, sign_certificates = 5, sign_lists = 6 };
/// For which side it was made (RFC 5280 4.2.1.12).
enum class Purpose : std::uint8_t { client_auth, server_auth, code_signing };

template <class E>
struct Word {
  E value;
  std::string_view text;
};
inline constexpr std::array kRoleWords{
    Word<Role>{Role::root, "root"},         Word<Role>{Role::site_ca, "site_ca"},
    Word<Role>{Role::terminal, "terminal"}, Word<Role>{Role::box_server, "box_server"},
    Word<Role>{Role::upstream, "upstream"}, Word<Role>{Role::noc, "noc"},
    Word<Role>{Role::web, "web"},           Word<Role>{Role::firmware_signing, "firmware_signing"},
};
inline constexpr std::array kAttributeWords{
    Word<Attribute>{Attribute::country, "country"},
    Word<Attribute>{Attribute::organization, "organization"},
    Word<Attribute>{Attribute::unit, "unit"},
    Word<Attribute>{Attribute::common_name, "common_name"},
};
inline constexpr std::array kKeyWords{
    Word<KeyKind>{KeyKind::p256, "p256"},
    Word<KeyKind>{KeyKind::p384, "p384"},
    Word<KeyKind>{KeyKind::p521, "p521"},
    Word<KeyKind>{KeyKind::rsa, "rsa"},
};
inline constexpr std::array kUsageWords{
    Word<Usage>{Usage::digital_signature, "digital_signature"},
    Word<Usage>{Usage::sign_certificates, "sign_certificates"},
    Word<Usage>{Usage::sign_lists, "sign_lists"},
};
inline constexpr std::array kPurposeWords{
    Word<Purpose>{Purpose::client_auth, "client_auth"},
    Word<Purpose>{Purpose::server_auth, "server_auth"},
    Word<Purpose>{Purpose::code_signing, "code_signing"},
};
inline constexpr std::array kNameFormWords{
    Word<NameForm>{NameForm::none, "none"},
    Word<NameForm>{NameForm::terminal, "terminal"},
    Word<NameForm>{NameForm::box, "box"},
    Word<NameForm>{NameForm::hosts, "hosts"},
};

/// The longest that a client's certificate lives (CRT-02).
inline constexpr model::CivilSeconds kLongestClient{397 * 86'400};
inline constexpr int kMostPathLength = 3;

/// How certificates of one role are made.
struct Profile {
  Role role{};
  std::vector<Attribute> subject{};  ///< these and no others
  std::vector<KeyKind> keys{};
  std::optional<int> path_length{};  ///< of an authority: how many authorities may follow. None: no authority
  std::vector<Usage> usage{};
  std::vector<Purpose> purposes{};
  NameForm names = NameForm::none;
  bool has_territory = false;  ///< of an authority: its names are constrained (RFC 5280 4.2.1.10)
  model::CivilSeconds longest{0};
};

/// What no profile may be, however it is written: profile.contradictory with the rule that it breaks.
Result<> check_profile(const Profile& profile);

}  // namespace gw::ca

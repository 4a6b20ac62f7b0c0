#include "ca/built_in.h"

namespace gw::ca {
namespace {

constexpr std::chrono::hours kDay{24};

}  // namespace

const Profile& terminal_profile() {
  static const Profile profile{.role = Role::terminal,
                               .subject = {Attribute::organization, Attribute::common_name},
                               .keys = {KeyKind::p256, KeyKind::p384, KeyKind::rsa},
                               .usage = {Usage::digital_signature},
                               .purposes = {Purpose::client_auth},
                               .names = NameForm::terminal,
                               .longest = kLongestClient};
  return profile;
}

const Profile& site_ca_profile() {
  static const Profile profile{.role = Role::site_ca,
                               .subject = {Attribute::organization, Attribute::common_name},
                               .keys = {KeyKind::p384},
                               .path_length = 0,
                               .usage = {Usage::sign_certificates, Usage::sign_lists},
                               .names = NameForm::none,
                               .has_territory = true,
                               .longest = 3652 * kDay};
  return profile;
}

const Territory& site_territory() {
  static const Territory territory{.zones = {"invalid"}};
  return territory;
}

}  // namespace gw::ca

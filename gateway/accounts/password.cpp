#include "accounts/password.h"

#include <argon2.h>

#include "accounts/digest.h"
#include "accounts/random.h"
#include "base/check.h"

namespace gw::accounts {
namespace {

constexpr std::size_t kSalt = 16, kTag = 32;

void run(std::string_view password, PasswordHash& hash) {
  argon2_context context{};
  context.out = hash.tag.data();
  context.outlen = static_cast<std::uint32_t>(hash.tag.size());
  // The library reads it alone, unless a flag says that it shall be wiped.
  context.pwd = const_cast<std::uint8_t*>(as_bytes(password).data());
  context.pwdlen = static_cast<std::uint32_t>(password.size());
  context.salt = hash.salt.data();
  context.saltlen = static_cast<std::uint32_t>(hash.salt.size());
  context.t_cost = hash.cost.passes;
  context.m_cost = hash.cost.memory;
  context.lanes = hash.cost.lanes;
  context.threads = 1;  // a lane more makes no thread: the process may start none
  context.version = ARGON2_VERSION_13;
  context.flags = ARGON2_DEFAULT_FLAGS;
  GW_CHECK(argon2id_ctx(&context) == ARGON2_OK, "Argon2id has no memory, or was given a cost that is none");
}

}  // namespace

PasswordHash hash_password(std::string_view password, PasswordCost cost) {
  PasswordHash hash{cost, std::vector<std::uint8_t>(kSalt), std::vector<std::uint8_t>(kTag)};
  fill_random(hash.salt);
  run(password, hash);
  return hash;
}

bool matches(const PasswordHash& hash, std::string_view password) {
  PasswordHash again{hash.cost, hash.salt, std::vector<std::uint8_t>(hash.tag.size())};
  run(password, again);
  return are_same(hash.tag, again.tag);
}

}  // namespace gw::accounts

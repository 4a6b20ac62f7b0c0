#include "keys/tpm_key_file.h"

#include <tss2/tss2_mu.h>

#include <algorithm>
#include <vector>

#include "base/check.h"
#include "keys/der.h"
#include "keys/pem_block.h"

namespace gw::keys {
namespace {

// id-loadablekey, 2.23.133.10.1.3
constexpr std::uint8_t kLoadable[] = {0x67, 0x81, 0x05, 0x0a, 0x01, 0x03};
constexpr TPMA_OBJECT kMadeInside =
    TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT | TPMA_OBJECT_SENSITIVEDATAORIGIN;

Error unreadable(const char* why) { return {ErrorCode::key_unreadable, why}; }

/// TPM2B_PUBLIC or TPM2B_PRIVATE, whole.
template <class T>
Result<T> unmarshalled(TSS2_RC (*read)(const std::uint8_t*, std::size_t, std::size_t*, T*), Bytes octets) {
  T out{};
  std::size_t used = 0;
  if (read(octets.data(), octets.size(), &used, &out) != TSS2_RC_SUCCESS || used != octets.size())
    return unreadable("it holds no part of a TPM's key where one should be");
  return out;
}

template <class T>
std::vector<std::uint8_t> marshalled(TSS2_RC (*write)(const T*, std::uint8_t*, std::size_t, std::size_t*),
                                     const T& value) {
  std::vector<std::uint8_t> out(sizeof(T));
  std::size_t used = 0;
  GW_CHECK(write(&value, out.data(), out.size(), &used) == TSS2_RC_SUCCESS, "a TPM's own answer can be kept");
  out.resize(used);
  return out;
}

Result<TPM2_HANDLE> parent_of(Bytes integer) {
  TPM2_HANDLE handle = 0;
  if (integer.empty() || integer.size() > 5 || (integer.size() == 5 && integer[0] != 0))
    return unreadable("its parent is no handle");
  for (const std::uint8_t octet : integer) handle = handle << 8 | octet;
  const bool persistent = handle >= TPM2_PERSISTENT_FIRST && handle <= TPM2_PERSISTENT_LAST;
  if (handle == 0) return TPM2_HANDLE{TPM2_RH_OWNER};
  if (handle == TPM2_RH_OWNER || persistent) return handle;
  return unreadable("its parent is neither the owner's primary key nor a persistent one");
}

/// [0] EXPLICIT BOOLEAN: no password is needed.
Result<> check_password(const DerItem& item) {
  GW_TRY(const auto inner, read_der(item.value));
  if (inner.size() == 1 && inner[0].is(DerTag::boolean) && inner[0].value.size() == 1 &&
      inner[0].value[0] != 0)
    return Done{};
  return unreadable("it wants a password: make one without");
}

Result<> check_use(const TPMT_PUBLIC& key) {
  if ((key.objectAttributes & kMadeInside) != kMadeInside)
    return unreadable("it came into the TPM from outside, or may leave it: make one inside the TPM");
  if ((key.objectAttributes & TPMA_OBJECT_SIGN_ENCRYPT) == 0) return unreadable("it may not sign");
  if ((key.objectAttributes & TPMA_OBJECT_RESTRICTED) != 0)
    return unreadable("it signs only what the TPM itself made: make an unrestricted one");
  if ((key.objectAttributes & TPMA_OBJECT_USERWITHAUTH) == 0 || key.authPolicy.size != 0)
    return unreadable("it is bound to a policy: make one without");
  return Done{};
}

bool has_layout(const std::vector<DerItem>& items, std::size_t from) {
  return items.size() == from + 3 && items[from].is(DerTag::integer) && items[from + 1].is(DerTag::octets) &&
         items[from + 2].is(DerTag::octets);
}

}  // namespace

Result<TpmKeyFile> read_tpm_key_file(Bytes der) {
  GW_TRY(const auto items, read_der_sequence(der));
  if (items.empty() || !items[0].is(DerTag::object_id) || !std::ranges::equal(items[0].value, kLoadable))
    return unreadable("it is no key that a TPM can load as it is");
  const bool says_password = items.size() > 1 && items[1].is(DerTag::first_explicit);
  if (!says_password) return unreadable("it wants a password: make one without");
  GW_TRY(check_password(items[1]));
  if (!has_layout(items, 2)) return unreadable("it is bound to a policy, or its parts are out of order");
  TpmKeyFile key{};
  GW_TRY(key.parent, parent_of(items[2].value));
  GW_TRY(key.open_part, unmarshalled<TPM2B_PUBLIC>(Tss2_MU_TPM2B_PUBLIC_Unmarshal, items[3].value));
  GW_TRY(key.sealed_part, unmarshalled<TPM2B_PRIVATE>(Tss2_MU_TPM2B_PRIVATE_Unmarshal, items[4].value));
  GW_TRY(check_use(key.open_part.publicArea));
  return key;
}

std::string write_tpm_key_file(const TpmKeyFile& key) {
  const std::uint8_t yes[] = {0xff};
  std::vector<std::uint8_t> parent;
  if ((key.parent >> 31) != 0) parent.push_back(0);  // X.690 8.3: a number of no sign
  for (int shift = 24; shift >= 0; shift -= 8)
    parent.push_back(static_cast<std::uint8_t>(key.parent >> shift));
  const auto sealed = marshalled<TPM2B_PRIVATE>(Tss2_MU_TPM2B_PRIVATE_Marshal, key.sealed_part);
  const auto open = marshalled<TPM2B_PUBLIC>(Tss2_MU_TPM2B_PUBLIC_Marshal, key.open_part);
  return to_pem(
      kTpmKeyLabel,
      write_der(DerTag::sequence, {
                                      write_der(DerTag::object_id, kLoadable),
                                      write_der(DerTag::first_explicit, {write_der(DerTag::boolean, yes)}),
                                      write_der(DerTag::integer, parent),
                                      write_der(DerTag::octets, open),
                                      write_der(DerTag::octets, sealed),
                                  }));
}

}  // namespace gw::keys

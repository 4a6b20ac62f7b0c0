#include <cstdint>
#include <cstdlib>

#include "keys/pem_block.h"
#include "keys/tpm_key_file.h"
#include "keys/tpm_pattern.h"
#include "token/uri.h"

namespace keys = gw::keys;
namespace token = gw::token;

namespace {

void expect(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const gw::Bytes octets(data, size);
  if (const auto key = keys::read_tpm_key_file(octets)) {
    static_cast<void>(keys::public_half_of(key->open_part.publicArea));
    const gw::Secret written(keys::write_tpm_key_file(*key));
    const auto block = keys::find_pem(written, {keys::kTpmKeyLabel});
    expect(block && keys::read_tpm_key_file(block->bytes()));
  }
  if (const auto uri = token::read_uri_file(octets)) expect(uri->object || uri->id);
  if (const auto uri = token::parse_uri(gw::as_text(octets))) expect(uri->object || uri->id);
  return 0;
}

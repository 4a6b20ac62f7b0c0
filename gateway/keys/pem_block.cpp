#include "keys/pem_block.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>

#include "pki/handles.h"

namespace gw::keys {
namespace {

/// One block as libcrypto hands it out, wiped at the end.
struct Raw {
  char* label = nullptr;
  char* header = nullptr;
  unsigned char* data = nullptr;
  long size = 0;

  Raw() = default;
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;
  ~Raw() {
    OPENSSL_secure_free(label);
    OPENSSL_secure_free(header);
    OPENSSL_secure_clear_free(data, static_cast<std::size_t>(size));
  }
};

Error unreadable(std::string why) { return {ErrorCode::key_unreadable, std::move(why)}; }

}  // namespace

Result<PemBlock> find_pem(const Secret& text, const std::vector<std::string_view>& labels) {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);  // or the first use would look for a file
  const pki::BioPtr bio(BIO_new_mem_buf(text.view().data(), static_cast<int>(text.view().size())));
  GW_CHECK(bio, "out of memory");
  for (;;) {
    Raw raw;
    const bool read = PEM_read_bio_ex(bio.get(), &raw.label, &raw.header, &raw.data, &raw.size,
                                      PEM_FLAG_SECURE | PEM_FLAG_EAY_COMPATIBLE) == 1;
    ERR_clear_error();
    if (!read) return unreadable("the file holds no whole PEM block of a private key");
    if (std::find(labels.begin(), labels.end(), raw.label) == labels.end()) continue;
    if (*raw.header != '\0')
      return unreadable(
          "it is encrypted in a form older than PKCS#8: convert it with `openssl pkcs8 -topk8`");
    return PemBlock{raw.label, Secret(std::string(reinterpret_cast<const char*>(raw.data),
                                                  static_cast<std::size_t>(raw.size)))};
  }
}

std::string to_pem(const char* label, Bytes der) {
  const pki::BioPtr bio(BIO_new(BIO_s_mem()));
  GW_CHECK(bio && PEM_write_bio(bio.get(), label, "", der.data(), static_cast<long>(der.size())) > 0,
           "out of memory");
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

}  // namespace gw::keys

#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace gw::pki {

/// Owners of libcrypto objects.
template <auto free_function>
struct Freer {
  template <class T>
  void operator()(T* object) const {
    free_function(object);
  }
};

using X509Ptr = std::unique_ptr<X509, Freer<X509_free>>;
/// One more owner of the same certificate.
inline X509Ptr another(X509* certificate) {
  X509_up_ref(certificate);
  return X509Ptr(certificate);
}
using X509StorePtr = std::unique_ptr<X509_STORE, Freer<X509_STORE_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using BioPtr = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using GeneralNamesPtr = std::unique_ptr<GENERAL_NAMES, Freer<GENERAL_NAMES_free>>;
using NameConstraintsPtr = std::unique_ptr<NAME_CONSTRAINTS, Freer<NAME_CONSTRAINTS_free>>;

}  // namespace gw::pki

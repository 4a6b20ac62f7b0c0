#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "pki/certificate.h"
#include "pki/ocsp.h"
#include "pki/revocation_list.h"

namespace pki = gw::pki;

namespace {

/// A certificate and its issuer, whose keys are gone. Each seed is a list or an answer that revokes it.
constexpr std::string_view kPair =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBhTCCASygAwIBAgIDAQACMAoGCCqGSM49BAMCMBIxEDAOBgNVBAMMB2lzc3Vp\n"
    "bmcwHhcNMjYwMTAxMDAwMDAwWhcNMjcwMTAxMDAwMDAwWjAPMQ0wCwYDVQQDDARs\n"
    "ZWFmMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEoKWEqfMeRuAUWAl0rq/VMlZg\n"
    "JKqKNFcSj8jOhDRslHDOCkLYCfNgrgMxhHvhOez9LK4ZQ5/YJgQzAWrJLbERkKN0\n"
    "MHIwDAYDVR0TAQH/BAIwADAOBgNVHQ8BAf8EBAMCB4AwHwYDVR0jBBgwFoAUYFyN\n"
    "Xt2Gl7Q58YTAgY83EWrsde8wEwYDVR0lBAwwCgYIKwYBBQUHAwEwHAYDVR0RBBUw\n"
    "E4IRZW1yLmNsb3VkLmV4YW1wbGUwCgYIKoZIzj0EAwIDRwAwRAIgdBYCy43s6Tt2\n"
    "n8ucf7PX3cUvae1KaBQmZzDR/FSUTC4CIHzgqbjpdLsj8Z8o9otmH/4+Ou+e25bo\n"
    "46J8ZI8c/3DI\n"
    "-----END CERTIFICATE-----\n"
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBdTCCARugAwIBAgIDAQADMAoGCCqGSM49BAMCMA8xDTALBgNVBAMMBHJvb3Qw\n"
    "HhcNMjYwMTAxMDAwMDAwWhcNMjcwMTAxMDAwMDAwWjASMRAwDgYDVQQDDAdpc3N1\n"
    "aW5nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE6TdG4M5KEXDBocHUVksefE77\n"
    "42qMudUPmZ/Ls0PALa3lDcUs/fYiJPAFfrMuD/jHZk0YPUeqq1hbg+mVFmXm/qNj\n"
    "MGEwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYwHQYDVR0OBBYEFGBc\n"
    "jV7dhpe0OfGEwIGPNxFq7HXvMB8GA1UdIwQYMBaAFOaez5gE4tvUvfA5zfObcev3\n"
    "Up8EMAoGCCqGSM49BAMCA0gAMEUCIGVFsY8kHzJ6zcLwiQlleNsHCrVjPXx4ACOw\n"
    "YjvTVAHWAiEAvmbYqrbFs7G2597OjiWSJZ1qQUi5p6nMjPj1fSTvSOU=\n"
    "-----END CERTIFICATE-----\n";
constexpr gw::model::CivilSeconds kNow{1'795'348'800};  // 2026-11-22 12:00

const std::vector<pki::X509Ptr>& pair() {
  static const std::vector<pki::X509Ptr> certificates = *pki::read_certificates(kPair);
  return certificates;
}

/// Nobody holds the keys, so nothing that is signed can say "good".
void expect_not_good(const pki::RevocationVerdict& verdict) {
  if (std::holds_alternative<pki::Good>(verdict)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const gw::Bytes octets(data, size);
  const X509* certificate = pair()[0].get();
  X509* issuer = pair()[1].get();
  if (const auto list = pki::RevocationList::read(octets))
    expect_not_good(list->judge(certificate, issuer, kNow));
  expect_not_good(pki::judge_answer(octets, certificate, issuer, kNow));
  return 0;
}

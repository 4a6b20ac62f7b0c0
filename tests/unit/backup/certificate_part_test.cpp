// Whoever enrols anew sees what there was (BAK-01, BAK-04).

#include "backup/certificate_part.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "unit/backup/clinic.h"

namespace gw::backup {
namespace {

class CertificatePartTest : public BackupTest {};

TEST_F(CertificatePartTest, each_certificate_is_named_with_its_end_and_its_place) {
  const config::Sources sources{"version: 1\n",
                                {{"pki/clinic.pem", octets_of(clinic().certificate_pem)},
                                 {"pki/list.crl", octets_of("no certificate")}}};
  const Part part = certificates_of(sources);
  const std::string text(as_text(part.content));
  const auto certificate = clinic().certificate();
  EXPECT_THAT(text,
              testing::HasSubstr(to_hex(pki::fingerprint_of(certificate.get())) + " " +
                                 to_jst_text(pki::not_after_of(certificate.get())) + " pki/clinic.pem\n"));
  EXPECT_EQ(text.find("list.crl"), std::string::npos);
  EXPECT_TRUE(is_part_name(part.name));
}

}  // namespace
}  // namespace gw::backup

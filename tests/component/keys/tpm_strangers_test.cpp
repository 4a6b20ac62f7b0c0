#include <gtest/gtest.h>

#include "component/keys/folder.h"
#include "component/keys/soft_tpm.h"
#include "component/keys/stranger.h"
#include "keys/der.h"
#include "keys/tpm.h"

// Programs of other makes on the same TPM: tpm2-openssl reads our key files and we read its, and the storage
// key that tpm2-tools put in place becomes the parent of ours.

namespace gw::keys {
namespace {

using Scheme = model::SignatureScheme;

constexpr const char* kProviders = " -provider tpm2 -provider default ";

class TpmStrangersTest : public testing::Test {
 protected:
  std::unique_ptr<Tpm> connect() {
    auto tpm = Tpm::connect(soft_.connect());
    EXPECT_TRUE(tpm) << tpm.error().to_text();
    return tpm ? std::move(*tpm) : nullptr;
  }
  PrivateKeyPtr open(Tpm& tpm, const std::string& pem) {
    const auto block = find_pem(Secret(pem), {kTpmKeyLabel});
    EXPECT_TRUE(block) << pem;
    auto key = tpm.open_key(*block);
    EXPECT_TRUE(key) << key.error().to_text();
    return key ? std::move(*key) : nullptr;
  }
  void put_storage_key_in_place() {
    const std::string context = folder_.path("primary");
    connect();  // waits until swtpm is there
    ASSERT_EQ(run_on_tpm("tpm2_createprimary -Q -C o -G ecc -c " + context), 0);
    ASSERT_EQ(run_on_tpm("tpm2_evictcontrol -Q -C o -c " + context + " 0x81000001"), 0);
    ASSERT_EQ(run_on_tpm("tpm2_flushcontext -t"), 0);
  }
  /// One program with the TPM for itself: nobody else may be connected.
  int run_on_tpm(const std::string& line, std::string* output = nullptr) {
    return run("export TPM2OPENSSL_TCTI=" + soft_.tcti() + " TPM2TOOLS_TCTI=" + soft_.tcti() + "; " + line,
               output);
  }

  SoftTpm soft_;
  Folder folder_;
};

TEST_F(TpmStrangersTest, the_provider_reads_our_key_and_signs_with_it) {
  for (const model::KeyKind kind : {model::KeyKind::p256, model::KeyKind::rsa_2048}) {
    const auto pem = connect()->make_key(kind);
    ASSERT_TRUE(pem);
    const std::string key = folder_.write("key.pem", as_bytes(*pem)), out = folder_.path("public.der");
    const std::string message = folder_.write("m", as_bytes("by a stranger")),
                      made = folder_.path("signature");
    ASSERT_EQ(run_on_tpm(std::string("openssl pkey") + kProviders + "-in " + key +
                         " -pubout -outform DER -out " + out),
              0);
    ASSERT_EQ(run_on_tpm(std::string("openssl pkeyutl") + kProviders +
                         "-propquery '?provider=tpm2,tpm2.digest!=yes' -sign -rawin -digest sha256 -inkey " +
                         key + " -in " + message + " -out " + made),
              0);
    const auto tpm = connect();
    const std::string seen = folder_.read("public.der"), signature = folder_.read("signature");
    const auto ours = open(*tpm, *pem);
    EXPECT_EQ(as_text(ours->public_key()), seen);
    EXPECT_TRUE(stranger_accepts(ours->public_key(),
                                 kind == model::KeyKind::p256 ? Scheme::ecdsa_sha256 : Scheme::pkcs1_sha256,
                                 as_bytes("by a stranger"), {signature.begin(), signature.end()}));
  }
}

TEST_F(TpmStrangersTest, a_key_that_the_provider_made_signs_here) {
  const std::string key = folder_.path("key.pem");
  connect();  // waits until swtpm is there
  ASSERT_EQ(run_on_tpm("openssl genpkey -provider tpm2 -algorithm EC -pkeyopt group:P-256 -out " + key), 0);
  const auto tpm = connect();
  expect_signs_every_way(*open(*tpm, folder_.read("key.pem")), "EC");
}

TEST_F(TpmStrangersTest, a_storage_key_at_its_usual_place_becomes_the_parent) {
  put_storage_key_in_place();
  const auto pem = connect()->make_key(model::KeyKind::p256);
  ASSERT_TRUE(pem) << pem.error().to_text();
  const auto file = read_tpm_key_file(find_pem(Secret(*pem), {kTpmKeyLabel})->bytes());
  ASSERT_TRUE(file);
  EXPECT_EQ(file->parent, 0x81000001);
  ASSERT_EQ(run_on_tpm(std::string("openssl pkey") + kProviders + "-noout -in " +
                       folder_.write("key.pem", as_bytes(*pem))),
            0);
  expect_signs_every_way(*open(*connect(), *pem), "EC");

  ASSERT_EQ(run_on_tpm("tpm2_evictcontrol -Q -C o -c 0x81000001"), 0);
  const auto lost = connect()->open_key(*find_pem(Secret(*pem), {kTpmKeyLabel}));
  ASSERT_FALSE(lost);
  EXPECT_NE(lost.error().detail.find("parent is not in this TPM"), std::string::npos) << lost.error().detail;
}

// CRT-01
TEST_F(TpmStrangersTest, a_stranger_sees_that_the_key_cannot_leave_and_gets_nothing_out) {
  put_storage_key_in_place();
  const auto pem = connect()->make_key(model::KeyKind::p256);
  ASSERT_TRUE(pem) << pem.error().to_text();
  const auto block = find_pem(Secret(*pem), {kTpmKeyLabel});
  const auto parts = read_der_sequence(block->bytes());
  const std::string open_part = folder_.write("open", (*parts)[3].value),
                    sealed_part = folder_.write("sealed", (*parts)[4].value);
  const std::string key = folder_.path("key"), session = folder_.path("session");
  ASSERT_EQ(run_on_tpm("tpm2_load -Q -C 0x81000001 -u " + open_part + " -r " + sealed_part + " -c " + key),
            0);
  std::string description;
  ASSERT_EQ(run_on_tpm("tpm2_readpublic -c " + key, &description), 0);
  EXPECT_NE(description.find("fixedtpm|fixedparent|sensitivedataorigin"), std::string::npos) << description;
  ASSERT_EQ(run_on_tpm("tpm2_startauthsession --policy-session -S " + session), 0);
  ASSERT_EQ(run_on_tpm("tpm2_policycommandcode -Q -S " + session + " TPM2_CC_Duplicate"), 0);
  EXPECT_NE(run_on_tpm("tpm2_duplicate -C null -G null -c " + key + " -p session:" + session + " -r " +
                       folder_.path("out") + " -s " + folder_.path("seed")),
            0);
  EXPECT_EQ(folder_.read("out"), "");
}

TEST_F(TpmStrangersTest, what_an_earlier_life_left_loaded_does_not_fill_the_tpm) {
  connect();
  for (int i = 0; i < 3; ++i)
    ASSERT_EQ(run_on_tpm("tpm2_createprimary -Q -C o -G ecc -c " + folder_.path("primary")), 0);
  EXPECT_TRUE(connect()->make_key(model::KeyKind::p256));
}

}  // namespace
}  // namespace gw::keys

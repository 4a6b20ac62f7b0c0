// Rule packs from the command line, on the files that the product ships, signed by a key made here.

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/fd.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "outcome.h"
#include "packs/seal.h"
#include "pki/evidence_key.h"

namespace gw::cli {
namespace {

using component::Outcome;
using component::run;

const std::filesystem::path kSource = GW_SOURCE_DIR;

std::string shipped(const std::string& name) {
  return (kSource / "configs" / "packs" / (name + ".yaml")).string();
}

std::string read_whole(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

bool has(const std::string& text, const std::string& what) { return text.find(what) != std::string::npos; }

class PackCommands : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "sekisho-pack-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  static Call on(std::vector<std::string> files, Format format = Format::text) {
    return {.format = format, .files = std::move(files)};
  }
  static pki::EvidenceKey new_key() {
    const UniqueFd file(::memfd_create("key", MFD_CLOEXEC));
    auto key = pki::EvidenceKey::read_or_make(file.get());
    EXPECT_TRUE(key);
    return *std::move(key);
  }
  /// A shipped pack in the folder, with its signature beside it.
  std::string signed_pack(const pki::EvidenceKey& vendor) const {
    const std::string text = read_whole(shipped("gl-6.0"));
    const auto signature = vendor.sign(as_bytes(packs::statement_of(packs::digest_of(text))));
    EXPECT_TRUE(signature);
    write("gl-6.0.yaml.sig", as_text(*signature));
    return write("gl-6.0.yaml", text);
  }
  Call verifying(const std::string& pack, const std::string& signer, Format format = Format::text) const {
    Call call = on({pack}, format);
    call.signer_file = signer;
    return call;
  }
  std::filesystem::path folder_;
};

TEST_F(PackCommands, all_that_are_shipped_are_usable) {
  std::vector<std::string> files;
  for (const auto& file : std::filesystem::directory_iterator(kSource / "configs" / "packs"))
    files.push_back(file.path().string());
  const Outcome checked = run(pack_check, on(files));
  EXPECT_EQ(checked.code, kOk) << checked.out;
  EXPECT_TRUE(has(checked.out, "gl-6.0.yaml: usable\n"));
}

TEST_F(PackCommands, a_mistake_is_told_with_its_place_and_what_was_meant) {
  std::string text = read_whole(shipped("gl-6.0"));
  text.replace(text.find("tls.mutual"), 10, "tls.mutul");
  const std::string path = write("own.yaml", text);
  const Outcome wrong = run(pack_check, on({path}));
  EXPECT_EQ(wrong.code, kFailed);
  EXPECT_TRUE(has(wrong.out, "did you mean `tls.mutual`?\n")) << wrong.out;
  EXPECT_TRUE(wrong.out.ends_with(path + ": 1 error\n"));
  const Outcome refused = run(pack_show, on({path}));
  EXPECT_EQ(refused.code, kFailed);
  EXPECT_EQ(refused.out, "");
  EXPECT_TRUE(has(refused.complaint, "config.name.unresolved")) << refused.complaint;
  Call japanese = on({path});
  japanese.language = Language::japanese;
  EXPECT_TRUE(has(run(pack_check, japanese).out, "誤り 1 件"));
}

TEST_F(PackCommands, a_file_that_is_missing_is_told_by_the_exit_code) {
  EXPECT_EQ(run(pack_check, on({"/nowhere.yaml", shipped("gl-6.0")})).code, kInputMissing);
  EXPECT_EQ(run(pack_show, on({"/nowhere.yaml"})).code, kInputMissing);
}

TEST_F(PackCommands, what_is_shown_has_grade_control_fact_and_blank) {
  const Outcome shown = run(pack_show, on({shipped("gl-6.0")}));
  EXPECT_EQ(shown.code, kOk) << shown.complaint;
  for (const char* what :
       {"rule pack gl-6.0, version 1\n", "superseded - ", "T-: part of the passage was seen", "\n13-5  ",
        "  [M]\n", "NET-04 LAN-01", "tls.mutual  mutual authentication by certificates", " (carrier)\n"})
    EXPECT_TRUE(has(shown.out, what)) << what << "\n" << shown.out;
  Call japanese = on({shipped("gl-7.0")});
  japanese.language = Language::japanese;
  const Outcome other = run(pack_show, japanese);
  for (const char* what :
       {"ルールパック gl-7.0 第1版\n", "有効 - ", "二次資料による", "accounts.factors  管理者の"})
    EXPECT_TRUE(has(other.out, what)) << what << "\n" << other.out;
}

TEST_F(PackCommands, programs_are_told_the_same) {
  const Outcome bad = run(pack_check, on({write("own.yaml", "version: 1\n")}, Format::json));
  EXPECT_TRUE(has(bad.out, R"({"packs":[{"file":)") && has(bad.out, R"("usable":false)")) << bad.out;
  const Outcome shown = run(pack_show, on({shipped("gl-6.0")}, Format::json));
  for (const char* what :
       {R"("pack":"gl-6.0","version":1,"sha256":")", R"("standing":{"is":"superseded")", R"({"id":"13-4",)",
        R"("grade":"T-","controls":["NET-04","LAN-01"],"answers":[{"fact":"tls.mutual",)",
        R"("blanks":[{"name":"契約上の責任分界","owner":"clinic"}])"})
    EXPECT_TRUE(has(shown.out, what)) << what << "\n" << shown.out;
}

TEST_F(PackCommands, what_the_vendor_signed_is_told_as_signed) {  // GOV-01
  const pki::EvidenceKey vendor = new_key();
  const std::string pack = signed_pack(vendor), signer = write("vendor.pem", *vendor.public_pem());
  const Outcome good = run(pack_verify, verifying(pack, signer));
  EXPECT_EQ(good.code, kOk) << good.complaint;
  EXPECT_TRUE(has(good.out, ": signed by that key\nrule pack gl-6.0, version 1\n")) << good.out;
  const Outcome json = run(pack_verify, verifying(pack, signer, Format::json));
  EXPECT_TRUE(has(json.out, R"("signed":true,"pack":"gl-6.0","version":1,"sha256":")")) << json.out;
}

TEST_F(PackCommands, a_changed_pack_and_another_key_are_told_as_not_signed) {
  const pki::EvidenceKey vendor = new_key();
  const std::string pack = signed_pack(vendor), signer = write("vendor.pem", *vendor.public_pem());
  const Outcome other = run(pack_verify, verifying(pack, write("other.pem", *new_key().public_pem())));
  EXPECT_EQ(other.code, kFailed);
  EXPECT_TRUE(has(other.out, ": not signed by that key\n")) << other.out;
  write("gl-6.0.yaml", read_whole(pack) + "# one more line\n");
  const Outcome changed = run(pack_verify, verifying(pack, signer, Format::json));
  EXPECT_EQ(changed.code, kFailed);
  EXPECT_TRUE(has(changed.out, R"("signed":false,"sha256":")")) << changed.out;
}

TEST_F(PackCommands, a_signature_or_a_key_that_is_missing_is_told) {
  const pki::EvidenceKey vendor = new_key();
  const std::string pack = signed_pack(vendor), signer = write("vendor.pem", *vendor.public_pem());
  EXPECT_EQ(run(pack_verify, verifying(pack, "/nowhere.pem")).code, kInputMissing);
  const Outcome no_key = run(pack_verify, verifying(pack, write("empty.pem", "")));
  EXPECT_EQ(no_key.code, kFailed);
  EXPECT_TRUE(has(no_key.complaint, "no public Ed25519 key")) << no_key.complaint;
  std::filesystem::remove(folder_ / "gl-6.0.yaml.sig");
  const Outcome unsigned_one = run(pack_verify, verifying(pack, signer));
  EXPECT_EQ(unsigned_one.code, kInputMissing);
  EXPECT_TRUE(has(unsigned_one.complaint, "gl-6.0.yaml.sig")) << unsigned_one.complaint;
}

/// The vendor's key may sign what is no pack: it is not taken for one.
TEST_F(PackCommands, what_is_signed_and_no_pack_is_refused) {
  const pki::EvidenceKey vendor = new_key();
  const std::string text = "version: 1\n";
  write("own.yaml.sig", as_text(*vendor.sign(as_bytes(packs::statement_of(packs::digest_of(text))))));
  const Outcome refused =
      run(pack_verify, verifying(write("own.yaml", text), write("vendor.pem", *vendor.public_pem())));
  EXPECT_EQ(refused.code, kFailed);
  EXPECT_EQ(refused.out, "");
  EXPECT_TRUE(has(refused.complaint, "config.key.missing")) << refused.complaint;
}

}  // namespace
}  // namespace gw::cli

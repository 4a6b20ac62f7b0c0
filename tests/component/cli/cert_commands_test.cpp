// `sekisho cert`: what an operator, and a clinic's clerk, is told about certificates in files (CRT-05,
// CRT-08, SRV-06).

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/clock.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "keys/pem_block.h"
#include "outcome.h"
#include "pki/certificate.h"
#include "site.h"
#include "support/key_ring.h"
#include "unit/ca/site_authority.h"

namespace gw::cli {
namespace {

using ca::kDay;
using component::Outcome;
using component::run;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

model::CivilSeconds now() {
  return std::chrono::floor<std::chrono::seconds>(gw::system_clock().civil_now()).time_since_epoch();
}

class Cert : public component::Site {
 protected:
  void SetUp() override {
    Site::SetUp();
    write("root.pem", ca::pem_of(site.root_der));
    write("ct.pem", chain_of(site.terminal("ct-1", "p256 ct", now())));
    write("ct.key", support::key_pem("p256 ct"));
  }

  std::string chain_of(const ca::Octets& leaf) const { return ca::pem_of(leaf) + ca::pem_of(site.der); }
  std::string path(const std::string& file) const { return (root() / file).string(); }
  std::string contents(const std::string& file) const {
    std::ifstream stream(root() / file);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  /// The files whose names begin with this one's, without it.
  std::vector<std::string> left_beside(const std::string& file) const {
    std::vector<std::string> out;
    for (const auto& each : std::filesystem::directory_iterator(root()))
      if (const std::string name = each.path().filename(); name.starts_with(file) && name != file)
        out.push_back(name);
    return out;
  }
  bool exists(const std::string& file) const { return std::filesystem::exists(root() / file); }
  Call call(const std::vector<std::string>& files) const {
    Call out;
    for (const std::string& file : files) out.files.push_back(path(file));
    out.anchors = path("root.pem");
    return out;
  }
  Call request_call() const {
    Call out = call({"terminal.yaml", "new.key", "new.csr"});
    out.files[0] = std::string(GW_SOURCE_DIR) + "/certs/profiles/terminal.yaml";
    out.subject = "O=Clinic,CN=ct-1";
    out.names = "URI:urn:sekisho:karte:ct-1";
    return out;
  }
  /// The chain that the site's authority gives for a request in a file.
  std::string granted(const std::string& file, model::CivilSeconds when) const {
    const auto request = ca::Request::read(as_bytes(contents(file)));
    EXPECT_TRUE(request) << request.error().to_text();
    const auto der = ca::issue(request->key(), ca::profile_named("terminal"), ca::terminal_order("ct-1"),
                               site.certificate.get(), ca::Serial::random(), when, *site.key);
    EXPECT_TRUE(der) << der.error().to_text();
    return chain_of(*der);
  }

  ca::SiteAuthority site{"p384 site", now() - 390 * kDay};
};

TEST_F(Cert, show_says_in_words_what_a_chain_is) {
  const Outcome shown = run(cert_show, call({"ct.pem"}));
  EXPECT_EQ(shown.code, kOk) << shown.complaint;
  EXPECT_THAT(
      shown.out,
      AllOf(StartsWith("certificate 1 of 2\n  subject      CN=ct-1,O=Clinic\n"),
            HasSubstr("  names        URI:urn:sekisho:karte:ct-1\n"),
            HasSubstr("  can be       a terminal toward the box, or the box toward a cloud service\n"),
            HasSubstr("396 of 396 days left (99 %)\n"), HasSubstr("  key          P-256\n"),
            HasSubstr("certificate 2 of 2\n"), HasSubstr("  can be       an authority\n"),
            HasSubstr("  key's pin    sha256/")));
}

TEST_F(Cert, show_tells_programs_the_same) {
  Call asked = call({"ct.pem"});
  asked.format = Format::json;
  EXPECT_THAT(
      run(cert_show, asked).out,
      AllOf(StartsWith(R"([{"subject":"CN=ct-1,O=Clinic","names":["URI:urn:sekisho:karte:ct-1"])"),
            HasSubstr(R"("days_left":396,"percent_left":99,"due":false,"key":"P-256")"), EndsWith("]\n")));
}

TEST_F(Cert, show_helps_with_what_it_cannot_read) {
  write("ct.der", std::string(as_text(site.der)));
  const Outcome shown = run(cert_show, call({"ct.der"}));
  EXPECT_EQ(shown.code, kFailed);
  EXPECT_THAT(shown.complaint, HasSubstr("`openssl x509 -inform DER`"));
  EXPECT_EQ(run(cert_show, call({"none.pem"})).code, kInputMissing);
}

TEST_F(Cert, a_chain_that_the_box_believes_is_believed) {
  for (const auto command : {cert_verify, cert_explain}) {
    const Outcome said = run(command, call({"ct.pem"}));
    EXPECT_EQ(said.code, kOk) << said.complaint;
    EXPECT_THAT(said.out, EndsWith("ct.pem is believed as a terminal's: urn:sekisho:karte:ct-1\n"));
  }
  const auto box = site.issue_for("p256 box", "box_server", ca::hosts_order(), now());
  write("box.pem", chain_of(*box));
  Call asked = call({"box.pem"});
  asked.side = Side::cloud;
  asked.host_name = "emr.clinic.example";
  EXPECT_EQ(run(cert_verify, asked).code, kOk);
  asked.host_name = "other.clinic.example";
  EXPECT_THAT(run(cert_explain, asked).out,
              AllOf(HasSubstr("reason  upstream_certificate_name\n"), HasSubstr("somebody else's")));
}

TEST_F(Cert, rollover_says_what_to_write_while_one_authority_gives_way_to_the_next) {
  write_good_site();
  write("pki/a.pem", ca::pem_of(site.root_der));
  const ca::SiteAuthority later{"p384 later", now()};
  write("next.pem", ca::pem_of(later.root_der));
  Call asked = call({"root.pem", "next.pem", "good.yaml"});
  const Outcome told = run(cert_rollover, asked);
  EXPECT_EQ(told.code, kOk) << told.complaint;
  EXPECT_THAT(told.out, AllOf(HasSubstr("the terminals of karte: karte, `terminal_anchors`\n"),
                              HasSubstr("- {file: pki/a.pem, until: 20"), HasSubstr("next.pem}\n"),
                              HasSubstr("the cloud of karte/emr")));
  asked.format = Format::json;
  EXPECT_THAT(run(cert_rollover, asked).out,
              HasSubstr(R"("key":"terminal_anchors","side":"the terminals of karte")"));
}

TEST_F(Cert, rollover_warns_of_a_successor_that_is_none) {
  write_good_site();
  const ca::SiteAuthority earlier{"p384 later", now() - 400 * kDay};
  write("earlier.pem", ca::pem_of(earlier.root_der));
  EXPECT_THAT(run(cert_rollover, call({"root.pem", "earlier.pem", "good.yaml"})).complaint,
              HasSubstr("ends before the old one does"));
  EXPECT_THAT(run(cert_rollover, call({"root.pem", "root.pem", "good.yaml"})).complaint,
              HasSubstr("the same certificate"));
  write("leaf.pem", ca::pem_of(site.terminal("ct-1", "p256 ct", now())));
  EXPECT_THAT(run(cert_rollover, call({"root.pem", "leaf.pem", "good.yaml"})).complaint,
              HasSubstr("no authority's certificate"));
  EXPECT_THAT(run(cert_rollover, call({"ct.pem", "root.pem", "good.yaml"})).complaint,
              HasSubstr("exactly one"));
}

TEST_F(Cert, explain_says_where_why_and_what_to_do) {
  write("gap.pem", ca::pem_of(site.terminal("ct-1", "p256 ct", now())));
  Call asked = call({"gap.pem"});
  const Outcome broken = run(cert_explain, asked);
  EXPECT_EQ(broken.code, kFailed);
  EXPECT_THAT(broken.out, AllOf(HasSubstr("gap.pem is refused as a terminal's\n"),
                                HasSubstr("  where   certificate 1 of 1: CN=ct-1,O=Clinic\n"),
                                HasSubstr("  reason  certificate_untrusted\n"),
                                HasSubstr("  rule    RFC 5280 6.1; SRV-01\n"),
                                HasSubstr("  clinic  Check that the right certificate was installed"),
                                HasSubstr("  vendor  Send the whole chain, leaf first")));
  EXPECT_THAT(run(cert_verify, asked).out, Not(HasSubstr("vendor"))) << "verify is short";
}

TEST_F(Cert, the_certificate_at_fault_is_named_and_not_the_leaf_alone) {
  const ca::SiteAuthority old("p384 site", now() - 4000 * kDay);
  write("old-root.pem", ca::pem_of(old.root_der));
  write("ct.pem", ca::pem_of(old.terminal("ct-1", "p256 ct", now() - 500 * kDay)) + ca::pem_of(old.der));
  Call asked = call({"ct.pem"});
  asked.anchors = path("old-root.pem");
  EXPECT_THAT(run(cert_explain, asked).out, AllOf(HasSubstr("certificate 2 of 2: CN=site authority,O=Clinic"),
                                                  HasSubstr("certificate_expired")));
}

TEST_F(Cert, a_verdict_needs_anchors_and_a_cloud_needs_a_name) {
  Call asked = call({"ct.pem"});
  asked.side = Side::cloud;
  EXPECT_EQ(run(cert_verify, asked).code, kUsage);
  asked.anchors.clear();
  EXPECT_THAT(run(cert_verify, asked).complaint, HasSubstr("--anchors FILE"));
  asked = call({"ct.pem"});
  asked.anchors = path("none.pem");
  EXPECT_EQ(run(cert_verify, asked).code, kInputMissing);
}

/// The good site's files are one certificate in every place.
TEST_F(Cert, list_names_every_place_of_a_configuration) {
  write_good_site();
  write("pki/a.pem", ca::pem_of(site.terminal("ct-1", "p256 ct", now())));
  const Outcome listed = run(cert_list, call({"good.yaml"}));
  EXPECT_EQ(listed.code, kOk) << listed.complaint;
  EXPECT_THAT(listed.out,
              AllOf(HasSubstr("karte: authorities of the terminals: pki/a.pem\n"),
                    HasSubstr("karte: emr, toward terminals: pki/a.pem\n  CN=ct-1,O=Clinic, 396 of 396 "
                              "days left (99 %)\n"),
                    HasSubstr("karte: emr, toward the cloud: pki/a.pem\n"),
                    HasSubstr("karte: emr, authorities of the cloud: pki/a.pem\n")));
  write("pki/a.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
  EXPECT_EQ(run(cert_list, call({"good.yaml"})).code, kFailed);
  EXPECT_EQ(run(cert_list, call({"none.yaml"})).code, kInputMissing);
}

TEST_F(Cert, expiry_fails_from_two_thirds_on_and_names_the_step) {
  write_good_site();
  const auto expiry_after = [&](long days) {
    write("pki/a.pem", ca::pem_of(site.terminal("ct-1", "p256 ct", now() - days * kDay)));
    return run(cert_expiry, call({"good.yaml"}));
  };
  const Outcome fresh = expiry_after(264);
  EXPECT_EQ(fresh.code, kOk) << fresh.out;
  EXPECT_EQ(fresh.out, "no certificate is due\n");
  const std::pair<long, const char*> kRows[] = {
      {265, "two thirds of its life are over; renew it"}, {336, "two thirds of its life"},
      {338, "the alarm step of 60 days is reached"},      {368, "the alarm step of 30 days is reached"},
      {384, "the alarm step of 14 days is reached"},      {390, "the alarm step of 7 days is reached"},
  };
  for (const auto& [days, words] : kRows) {
    const Outcome due = expiry_after(days);
    EXPECT_EQ(due.code, kFailed) << days;
    EXPECT_THAT(due.out, HasSubstr(words)) << days;
  }
}

TEST_F(Cert, a_request_comes_with_a_key_that_only_its_owner_reads) {
  const Outcome made = run(cert_csr, request_call());
  ASSERT_EQ(made.code, kOk) << made.complaint;
  struct stat facts {};
  ASSERT_EQ(::stat(path("new.key").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 07777, 0600u);
  EXPECT_THAT(run(cert_show, call({"new.csr"})).out,
              AllOf(HasSubstr("subject      CN=ct-1,O=Clinic\n"), HasSubstr("URI:urn:sekisho:karte:ct-1\n"),
                    HasSubstr("key          P-256\n")));
}

TEST_F(Cert, a_request_writes_over_nothing) {
  write("new.csr", "mine");
  const Outcome refused = run(cert_csr, request_call());
  EXPECT_EQ(refused.code, kFailed);
  EXPECT_THAT(refused.complaint, HasSubstr("new.csr is there already"));
  EXPECT_EQ(contents("new.csr"), "mine");
  EXPECT_FALSE(exists("new.key")) << "no half of a pair is left behind";
  write("new.key", "my key");
  EXPECT_EQ(run(cert_csr, request_call()).code, kFailed);
  EXPECT_EQ(contents("new.key"), "my key");
}

TEST_F(Cert, a_request_keeps_to_its_profile) {
  const auto refused = [&](std::string Call::*field, const char* value) {
    Call asked = request_call();
    asked.*field = value;
    const Outcome outcome = run(cert_csr, asked);
    EXPECT_FALSE(exists("new.key")) << value;
    EXPECT_FALSE(outcome.complaint.empty()) << value;
    return outcome.code;
  };
  EXPECT_EQ(refused(&Call::names, "DNS:ct.example"), kFailed);
  EXPECT_EQ(refused(&Call::subject, "CN=ct-1"), kFailed);
  EXPECT_EQ(refused(&Call::names, "urn:sekisho:karte:ct-1"), kUsage);
  EXPECT_EQ(refused(&Call::subject, "CN=a,CN=b"), kUsage);
  EXPECT_EQ(refused(&Call::key_kind, "p192"), kUsage);
}

TEST_F(Cert, a_key_may_be_kept_encrypted) {
  write("secret", std::string(32, 's'));
  Call asked = request_call();
  asked.secret = path("secret");
  ASSERT_EQ(run(cert_csr, asked).code, kOk);
  EXPECT_THAT(contents("new.key"), StartsWith("-----BEGIN ENCRYPTED "));
  write("granted.pem", granted("new.csr", now()));
  Call taken = call({"granted.pem", "new.key", "place.pem"});
  EXPECT_THAT(run(cert_import, taken).complaint, HasSubstr("--secret FILE"));
  taken.secret = path("secret");
  EXPECT_EQ(run(cert_import, taken).code, kOk);
}

TEST_F(Cert, a_granted_certificate_is_put_in_its_place_and_the_old_one_kept) {
  ASSERT_EQ(run(cert_csr, request_call()).code, kOk);
  write("place.pem", "the old one");
  write("granted.pem", "Dear clinic,\n" + granted("new.csr", now()));
  const Outcome taken = run(cert_import, call({"granted.pem", "new.key", "place.pem"}));
  ASSERT_EQ(taken.code, kOk) << taken.complaint;
  EXPECT_EQ(contents("place.pem.previous"), "the old one");
  EXPECT_THAT(contents("place.pem"), Not(HasSubstr("Dear")));
  EXPECT_EQ(pki::read_certificates(contents("place.pem"))->size(), 2u);
  EXPECT_EQ(left_beside("place.pem"), std::vector<std::string>{"place.pem.previous"});
  EXPECT_EQ(run(cert_import, call({"granted.pem", "new.csr", "place.pem"})).code, kOk)
      << "the request serves where the key is elsewhere";
}

TEST_F(Cert, nothing_is_put_in_place_that_would_not_work) {
  ASSERT_EQ(run(cert_csr, request_call()).code, kOk);
  write("place.pem", "the old one");
  const auto refused = [&](const std::string& chain, const std::string& key) {
    const Outcome outcome = run(cert_import, call({chain, key, "place.pem"}));
    EXPECT_EQ(outcome.code, kFailed) << outcome.out;
    EXPECT_EQ(contents("place.pem"), "the old one");
    EXPECT_FALSE(exists("place.pem.previous"));
    return outcome.complaint;
  };
  EXPECT_THAT(refused("ct.pem", "new.key"), HasSubstr("belongs to another key"));
  write("leaf.pem", ca::pem_of(site.terminal("ct-1", "p256 ct", now())));
  EXPECT_THAT(refused("leaf.pem", "ct.key"), HasSubstr("`sekisho cert explain` says what to do"));
  write("both.pem", contents("ct.pem") + contents("ct.key"));
  EXPECT_THAT(refused("both.pem", "ct.key"), HasSubstr("holds a private key"));
  EXPECT_THAT(refused("ct.pem", "root.pem"), HasSubstr("no key that can be opened here"));
}

/// Only `CERTIFICATE` blocks are written; what is in a block of another label must not make a chain look
/// whole.
TEST_F(Cert, what_is_judged_is_what_is_written) {
  std::string authority = ca::pem_of(site.der);
  for (std::size_t at = 0; (at = authority.find(" CERTIFICATE", at)) != std::string::npos; at += 17)
    authority.replace(at, 12, " X509 CERTIFICATE");
  write("old_label.pem", ca::pem_of(site.terminal("ct-1", "p256 ct", now())) + authority);
  ASSERT_EQ(pki::read_certificates(contents("old_label.pem"))->size(), 2u) << "libcrypto reads both";
  const Outcome outcome = run(cert_import, call({"old_label.pem", "ct.key", "place.pem"}));
  EXPECT_EQ(outcome.code, kFailed);
  EXPECT_THAT(outcome.complaint, HasSubstr("the chain would be refused"));
  EXPECT_FALSE(exists("place.pem"));
}

/// In Japanese, once it is certain that programs are told the same in both languages.
Outcome in_japanese(int (*command)(const Call&), Call call) {
  call.format = Format::json;
  const std::string json = run(command, call).out;
  call.language = Language::japanese;
  EXPECT_EQ(run(command, call).out, json);
  call.format = Format::text;
  return run(command, call);
}

TEST_F(Cert, what_a_file_holds_is_shown_in_japanese) {
  EXPECT_THAT(in_japanese(cert_show, call({"ct.pem"})).out,
              AllOf(StartsWith("証明書 1/2\n  主体者       CN=ct-1,O=Clinic\n"),
                    HasSubstr("  用途         装置に接続する端末、またはクラウドに接続する装置\n"),
                    HasSubstr("396 日のうち残り 396 日(99 %)\n"), HasSubstr("  用途         認証局\n")));
  Call asked = request_call();
  asked.language = Language::japanese;
  EXPECT_THAT(run(cert_csr, asked).out, HasSubstr("だれにも見せないでください"));
  EXPECT_THAT(in_japanese(cert_show, call({"new.csr"})).out,
              AllOf(StartsWith("証明書要求です。"), HasSubstr("  主体者       CN=ct-1,O=Clinic\n")));
}

TEST_F(Cert, a_verdict_is_given_in_japanese) {
  EXPECT_THAT(in_japanese(cert_verify, call({"ct.pem"})).out,
              EndsWith("ct.pem は端末の証明書として信頼できます: urn:sekisho:karte:ct-1\n"));
  write("gap.pem", ca::pem_of(site.terminal("ct-1", "p256 ct", now())));
  EXPECT_THAT(
      in_japanese(cert_explain, call({"gap.pem"})).out,
      AllOf(HasSubstr("gap.pem は端末の証明書として拒否されます\n"),
            HasSubstr("  場所    証明書 1/1: CN=ct-1,O=Clinic\n"),
            HasSubstr("  理由    certificate_untrusted\n"), HasSubstr("  施設    正しい証明書を入れたか、")));
}

TEST_F(Cert, the_certificates_of_a_configuration_are_listed_in_japanese) {
  write_good_site();
  write("pki/a.pem", ca::pem_of(site.terminal("ct-1", "p256 ct", now() - 390 * kDay)));
  EXPECT_THAT(in_japanese(cert_list, call({"good.yaml"})).out,
              AllOf(HasSubstr("karte: 端末の認証局: pki/a.pem\n"),
                    HasSubstr("karte: emr、端末側: pki/a.pem\n"), HasSubstr("396 日のうち残り 6 日(1 %)\n")));
  EXPECT_THAT(in_japanese(cert_expiry, call({"good.yaml"})).out, HasSubstr("期限まで 7 日以内です"));
  write("bad.yaml", "version: 1\n");
  EXPECT_THAT(in_japanese(cert_list, call({"bad.yaml"})).complaint, HasSubstr("設定を使えません\n"));
}

TEST_F(Cert, rollover_advises_in_japanese) {
  write_good_site();
  write("pki/a.pem", ca::pem_of(site.root_der));
  const ca::SiteAuthority later{"p384 later", now()};
  write("next.pem", ca::pem_of(later.root_der));
  EXPECT_THAT(in_japanese(cert_rollover, call({"root.pem", "next.pem", "good.yaml"})).out,
              AllOf(HasSubstr("karte の端末: karte, `terminal_anchors`\n  設定    terminal_anchors:\n"),
                    HasSubstr("karte/emr のクラウド"), HasSubstr("先にこの設定を適用し")));
}

TEST_F(Cert, what_import_refuses_is_said_in_japanese) {
  ASSERT_EQ(run(cert_csr, request_call()).code, kOk);
  Call asked = call({"ct.pem", "new.key", "place.pem"});
  asked.language = Language::japanese;
  EXPECT_THAT(run(cert_import, asked).complaint,
              AllOf(HasSubstr("何も書き込んでいません: "), HasSubstr("この鍵のものではありません")));
  asked.files[1] = path("ct.key");
  EXPECT_THAT(run(cert_import, asked).out, HasSubstr("place.pem に書き込みました"));
}

}  // namespace
}  // namespace gw::cli

// The profiles of cloud services from the command line, on the files that the product ships.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "outcome.h"

namespace gw::cli {
namespace {

using component::Outcome;
using component::run;

const std::filesystem::path kSource = GW_SOURCE_DIR;

std::string shipped(const std::string& name) {
  return (kSource / "configs" / "services" / (name + ".yaml")).string();
}

std::string read_whole(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::size_t count_of(const std::string& text, const std::string& what) {
  std::size_t out = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++out;
  return out;
}

class ServiceProfile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "sekisho-profile-XXXXXX";
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string write(const std::string& text) const {
    std::ofstream(folder_ / "own.yaml") << text;
    return (folder_ / "own.yaml").string();
  }
  static Call on(std::vector<std::string> files, Format format = Format::text) {
    return {.format = format, .files = std::move(files)};
  }
  std::filesystem::path folder_;
};

TEST_F(ServiceProfile, all_that_are_shipped_are_usable) {
  std::vector<std::string> files;
  for (const auto& file : std::filesystem::directory_iterator(kSource / "configs" / "services"))
    files.push_back(file.path().string());
  const Outcome checked = run(service_profile_check, on(files));
  EXPECT_EQ(checked.code, kOk) << checked.out;
  EXPECT_EQ(count_of(checked.out, ": usable\n"), 5u);
}

TEST_F(ServiceProfile, a_mistake_is_told_with_its_place_and_what_was_meant) {
  std::string text = read_whole(shipped("yadoc"));
  text.replace(text.find("  retention:"), 12, "  retenton:");
  const std::string path = write(text);
  const Outcome wrong = run(service_profile_check, on({path}));
  EXPECT_EQ(wrong.code, kFailed);
  EXPECT_NE(wrong.out.find("config.key.unknown: `retenton` is no key here; did you mean `retention`?\n"),
            std::string::npos)
      << wrong.out;
  EXPECT_TRUE(wrong.out.starts_with(path + ":"));
  EXPECT_TRUE(wrong.out.ends_with(path + ": 1 error\n"));
  for (const auto command : {service_profile_show, service_profile_questions}) {
    const Outcome refused = run(command, on({path}));
    EXPECT_EQ(refused.code, kFailed);
    EXPECT_EQ(refused.out, "");
    EXPECT_NE(refused.complaint.find("did you mean `retention`?"), std::string::npos) << refused.complaint;
  }
}

TEST_F(ServiceProfile, a_file_that_is_missing_does_not_keep_the_others_from_being_checked) {
  const Outcome mixed = run(service_profile_check, on({"/nowhere.yaml", shipped("yadoc")}));
  EXPECT_EQ(mixed.code, kInputMissing);
  EXPECT_TRUE(mixed.out.ends_with("yadoc.yaml: usable\n")) << mixed.out;
  EXPECT_EQ(run(service_profile_show, on({"/nowhere.yaml"})).code, kInputMissing);
}

TEST_F(ServiceProfile, programs_are_told_the_same) {
  const Outcome bad = run(service_profile_check, on({write("version: 1\n"), shipped("yadoc")}, Format::json));
  EXPECT_EQ(bad.code, kFailed);
  EXPECT_NE(bad.out.find(R"("usable":false,"problems":[{"line":1,"column":1,"code":"config.key.missing")"),
            std::string::npos)
      << bad.out;
  EXPECT_NE(bad.out.find(R"("usable":true,"problems":[]}]})"), std::string::npos);
  const Outcome shown = run(service_profile_show, on({shipped("mdv-cloud")}, Format::json));
  EXPECT_NE(shown.out.find(R"("key":"backup.unit")"), std::string::npos);
  EXPECT_NE(shown.out.find(R"("where":"I-7","until":"2026-01-24"}]})"), std::string::npos) << shown.out;
  const Outcome asked = run(service_profile_questions, on({shipped("medical-note")}, Format::json));
  EXPECT_NE(asked.out.find(R"("key":"transport.encrypted","control":"NET-06","to":"vendor",)"
                           R"("reason":"contradicted","asked":"not yet")"),
            std::string::npos)
      << asked.out;
}

/// What auditors and vendors read. A changed file is the review.
TEST_F(ServiceProfile, a_questionnaire_is_what_its_golden_file_says) {
  Call call = on({shipped("medical-note")});
  call.language = Language::japanese;
  const Outcome asked = run(service_profile_questions, call);
  EXPECT_EQ(asked.code, kOk);
  EXPECT_EQ(asked.out, read_whole(kSource / "tests/data/golden/questionnaires/medical-note.ja.txt"));
}

TEST_F(ServiceProfile, every_service_has_its_questionnaire_in_both_languages) {
  for (const auto& file : std::filesystem::directory_iterator(kSource / "configs" / "services"))
    for (const Language language : {Language::english, Language::japanese}) {
      Call call = on({file.path().string()});
      call.language = language;
      const Outcome asked = run(service_profile_questions, call);
      EXPECT_EQ(asked.code, kOk);
      EXPECT_GT(count_of(asked.out, language == Language::japanese ? "   回答:\n" : "   Answer:\n"), 20u);
    }
}

TEST_F(ServiceProfile, what_is_shown_names_place_and_owner_and_what_is_no_evidence) {
  const Outcome shown = run(service_profile_show, on({shipped("medical-note")}));
  EXPECT_NE(shown.out.find("incidents: notice within"), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("72 hours"), std::string::npos);
  EXPECT_NE(shown.out.find("to answer: carrier, asked: not yet"), std::string::npos);
  EXPECT_NE(shown.out.find("is no evidence\n  transport: encrypted: "), std::string::npos);
}

constexpr const char* kObserved =
    R"j({"format":"sekisho.evidence/1","findings":[{"fact":"tls.endpoints","table":{
  "columns":[{"en":"tenant"},{"en":"service"},{"en":"what"},{"en":"observed"}],"rows":[
  ["karte","yadoc","TLS 1.2","受け付ける (TLSv1.2 ECDHE-RSA-AES256-GCM-SHA384 X25519)"],
  ["karte","yadoc","TLS 1.3","受け付けない (alert: protocol version)"],
  ["karte","yadoc","TLS 1.1以前","受け付けない (alert: protocol version)"],
  ["karte","yadoc","クライアント証明書","%s"]%s]}}]})j";

std::string observed(const std::string& client, const std::string& more = {}) {
  char out[2048];
  std::snprintf(out, sizeof out, kObserved, client.c_str(), more.c_str());
  return out;
}

TEST_F(ServiceProfile, paper_and_observation_are_the_same_or_the_command_fails) {  // NET-06
  const std::string document = write(observed("必須"));
  const Outcome same = run(service_profile_compare, on({shipped("yadoc"), document}, Format::json));
  EXPECT_EQ(same.code, kOk) << same.out << same.complaint;
  EXPECT_EQ(count_of(same.out, R"("outcome":"same")"), 5u) << same.out;
  EXPECT_EQ(count_of(same.out, R"("outcome":"paper_silent")"), 1u) << "whether there is TLS 1.3 is open";
  EXPECT_EQ(count_of(same.out, R"("outcome":"not_observed")"), 1u) << "the certificate was not seen";
  const Outcome wrong = run(service_profile_compare, on({shipped("yadoc"), write(observed("求めない"))}));
  EXPECT_EQ(wrong.code, kFailed);
  EXPECT_EQ(count_of(wrong.out, "differs"), 2u) << wrong.out;
  const Outcome json =
      run(service_profile_compare, on({shipped("yadoc"), write(observed("求めない"))}, Format::json));
  EXPECT_NE(
      json.out.find(
          R"({"key":"transport.mutual_authentication","stated":"yes","observed":"求めない","outcome":"differs"})"),
      std::string::npos)
      << json.out;
}

TEST_F(ServiceProfile, which_of_several_endpoints_is_to_be_said) {
  const std::string document = write(observed("必須", R"(,["labo","web","TLS 1.3","受け付ける"])"));
  const Outcome open = run(service_profile_compare, on({shipped("yadoc"), document}));
  EXPECT_EQ(open.code, kFailed);
  EXPECT_NE(open.complaint.find("karte/yadoc labo/web"), std::string::npos) << open.complaint;
  EXPECT_EQ(run(service_profile_compare, on({shipped("yadoc"), document, "karte/yadoc"})).code, kOk);
  EXPECT_EQ(run(service_profile_compare, on({shipped("yadoc"), document, "karte/other"})).code, kFailed);
}

TEST_F(ServiceProfile, what_is_no_evidence_is_told) {
  for (const char* text : {"{}", "no JSON", R"({"format":"sekisho.evidence/2","findings":[]})"}) {
    const Outcome wrong = run(service_profile_compare, on({shipped("yadoc"), write(text)}));
    EXPECT_EQ(wrong.code, kFailed) << text;
    EXPECT_NE(wrong.complaint.find("sekisho.evidence/1"), std::string::npos) << wrong.complaint;
  }
  EXPECT_EQ(run(service_profile_compare, on({shipped("yadoc"), "/nowhere/evidence.json"})).code,
            kInputMissing);
}

}  // namespace
}  // namespace gw::cli

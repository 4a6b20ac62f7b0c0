// What somebody can do who was handed evidence: the program for it, and tools that everybody has (GOV-01).

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "backup/tar.h"
#include "base/text.h"
#include "support/command.h"
#include "unit/evidence/plausible.h"
#include "unit/evidence/sealed.h"

namespace gw::evidence {
namespace {

using support::Outcome;
using testing::HasSubstr;
using testing::StartsWith;

class EvidenceVerifyTest : public testing::Test {
 protected:
  EvidenceVerifyTest() {
    std::string pattern = "/tmp/gw-evidence-verify-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    std::filesystem::create_directory(folder_ / "unpacked");
    for (const File& file : files_) write("unpacked/" + file.name, file.content);
    pack();
  }
  ~EvidenceVerifyTest() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& name, std::string_view content) const {
    std::ofstream(folder_ / name) << content;
  }
  /// As the box hands it over.
  void pack() const {
    std::vector<backup::Member> members;
    for (const File& file : files_) members.push_back({file.name, as_bytes(file.content)});
    write("evidence.tar", as_text(backup::write_tar(members, std::chrono::seconds(1'795'000'000))));
  }
  Outcome run(const std::string& words, const std::string& before = "LC_ALL=C") const {
    return support::run_in(folder_, before + " " GW_BINARY_DIR "/bin/sekisho-evidence-verify " + words);
  }
  Outcome in_folder(const std::string& command) const {
    return support::run_in(folder_ / "unpacked", command);
  }
  std::string signer() const { return to_hex(key_.half().fingerprint()); }

  BoxKey key_{};
  std::vector<File> files_ = sealed(files_of(plausible_document()), key_);
  std::filesystem::path folder_{};
};

TEST_F(EvidenceVerifyTest, what_the_box_hands_over_is_whole_packed_and_unpacked) {
  const std::string whole =
      std::to_string(files_.size() - 4) +
      " files: they agree with the signature\nnumber 7\nsigned 2026-11-18T20:06:40+09:00\nby the key " +
      signer() + "\n";
  for (const char* words : {"evidence.tar", "unpacked", "< evidence.tar"}) {
    const Outcome outcome = run("--signer " + signer() + " " + words);
    EXPECT_EQ(outcome.status, 0) << words;
    EXPECT_EQ(outcome.out, whole) << words;
  }
}

TEST_F(EvidenceVerifyTest, any_tar_unpacks_it_to_the_same) {
  EXPECT_EQ(support::run_in(folder_, "mkdir again && tar -xf evidence.tar -C again").out, "");
  EXPECT_EQ(run("--signer " + signer() + " again").status, 0);
}

TEST_F(EvidenceVerifyTest, whoever_works_on_a_file_is_told_on_by_its_name) {
  write("unpacked/facts.csv", "changed");
  EXPECT_EQ(run("unpacked").status, 1);
  EXPECT_THAT(run("unpacked").out, StartsWith("facts.csv: changed\n"));
  EXPECT_THAT(run("--lang ja unpacked").out, StartsWith("facts.csv: 書き換えられています\n"));
  at(files_, "index.html").content += " ";
  pack();
  EXPECT_EQ(run("evidence.tar").status, 1);
  EXPECT_THAT(run("--output json evidence.tar").out, HasSubstr(R"({"fault":"changed","file":"index.html"})"));
  std::filesystem::create_directory(folder_ / "unpacked/more");
  EXPECT_THAT(run("unpacked").out, HasSubstr("more: added\n"));
}

TEST_F(EvidenceVerifyTest, a_part_is_whole_for_whoever_was_told_that_it_is_one) {
  std::filesystem::remove(folder_ / "unpacked/facts.csv");
  std::filesystem::remove(folder_ / "unpacked/index.html");
  EXPECT_EQ(run("--signer " + signer() + " unpacked").status, 1);
  const std::string all = std::to_string(files_.size() - 4), here = std::to_string(files_.size() - 6);
  const Outcome part = run("--part --signer " + signer() + " unpacked");
  EXPECT_EQ(part.status, 0);
  EXPECT_THAT(part.out, StartsWith(here + " of " + all + " files: they agree with the signature\n"));
  EXPECT_THAT(run("--part --lang ja unpacked").out,
              StartsWith("ファイル " + all + " 個のうち " + here + " 個: "));
  EXPECT_THAT(run("--part --output json unpacked").out, HasSubstr(R"("left_out":2)"));
  EXPECT_EQ(in_folder("sha256sum --check --strict --ignore-missing --quiet sha256sums.txt").status, 0);
  write("unpacked/facts.html", "changed");
  write("unpacked/more.html", "more");
  std::filesystem::remove(folder_ / "unpacked/seal.sig");
  const Outcome broken = run("--part unpacked");
  EXPECT_EQ(broken.status, 1);
  for (const char* told : {"facts.html: changed\n", "more.html: added\n", "seal.sig: missing"})
    EXPECT_THAT(broken.out, HasSubstr(told));
}

/// Not even to the same octets; nor does anybody wait for whoever writes into a pipe.
TEST_F(EvidenceVerifyTest, a_link_or_a_pipe_is_no_file_of_evidence) {
  std::filesystem::rename(folder_ / "unpacked/facts.csv", folder_ / "facts.csv");
  std::filesystem::create_symlink("../facts.csv", folder_ / "unpacked/facts.csv");
  std::filesystem::create_symlink("/etc/passwd", folder_ / "unpacked/passwd");
  std::filesystem::remove(folder_ / "unpacked/facts.html");
  ASSERT_EQ(::mkfifo((folder_ / "unpacked/facts.html").c_str(), 0600), 0);
  const Outcome outcome = run("--signer " + signer() + " unpacked");
  EXPECT_EQ(outcome.status, 1);
  for (const char* told : {"facts.csv: changed\n", "facts.html: changed\n", "passwd: added\n"})
    EXPECT_THAT(outcome.out, HasSubstr(told));
}

TEST_F(EvidenceVerifyTest, a_strangers_name_in_a_folder_is_told_in_quotes) {
  write("unpacked/\x1b]0;x\a", "");
  EXPECT_THAT(run("unpacked").out, StartsWith(R"("\x1b]0;x\x07": added)"));
}

TEST_F(EvidenceVerifyTest, without_the_key_it_says_what_it_did_not_verify) {
  const Outcome outcome = run("--lang ja evidence.tar");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.out, HasSubstr("この装置のものかどうかは確かめていません"));
}

TEST_F(EvidenceVerifyTest, another_key_is_not_the_boxs) {
  const Outcome outcome = run("--signer " + to_hex(BoxKey().half().fingerprint()) + " evidence.tar");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, StartsWith("signer.pem: it is another key"));
}

TEST_F(EvidenceVerifyTest, a_wrong_call_and_what_cannot_be_read_are_told_apart) {
  for (const char* words :
       {"--signer 12 evidence.tar", "--lang fr evidence.tar", "a b", "--output", "--strange x"})
    EXPECT_EQ(run(words).status, 64) << words;
  for (const char* words : {"nowhere.tar", "unpacked/index.html", "< /dev/null"}) {
    const Outcome outcome = run(words);
    EXPECT_EQ(outcome.status, 66) << words;
    EXPECT_THAT(outcome.out, StartsWith("sekisho-evidence-verify: ")) << words;
  }
  EXPECT_EQ(run("--help").status, 0);
}

TEST_F(EvidenceVerifyTest, it_needs_no_privilege) {
  std::filesystem::permissions(folder_, std::filesystem::perms(0755));
  EXPECT_EQ(run("--signer " + signer() + " evidence.tar",
                "LC_ALL=C setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs")
                .status,
            0);
}

/// The commands that index.html shows.
TEST_F(EvidenceVerifyTest, tools_that_everybody_has_come_to_the_same) {
  EXPECT_EQ(in_folder("sha256sum --check --strict sha256sums.txt").status, 0);
  EXPECT_EQ(in_folder("grep \"$(sha256sum < sha256sums.txt | cut -c1-64)\" seal.txt").status, 0);
  const std::string verify = "openssl dgst -sha256 -verify signer.pem -signature seal.sig seal.txt";
  EXPECT_EQ(in_folder(verify).out, "Verified OK\n");
  EXPECT_THAT(in_folder("openssl pkey -pubin -in signer.pem -outform DER | sha256sum").out,
              StartsWith(signer()));
  const std::string added =
      "bash -c 'comm -13 <(cut -c67- sha256sums.txt | LC_ALL=C sort) <(ls -A | LC_ALL=C sort)'";
  EXPECT_EQ(in_folder(added).out, "seal.sig\nseal.txt\nsha256sums.txt\nsigner.pem\n");
  write("unpacked/facts2.html", "added");
  EXPECT_EQ(in_folder(added).out, "facts2.html\nseal.sig\nseal.txt\nsha256sums.txt\nsigner.pem\n");
  const std::string alone = "sha256sum --check --strict --ignore-missing sha256sums.txt";
  EXPECT_EQ(
      in_folder("mkdir ../alone && cp facts.csv sha256sums.txt ../alone && cd ../alone && " + alone).out,
      "facts.csv: OK\n");
  EXPECT_NE(in_folder("cd ../alone && echo >> facts.csv && " + alone).status, 0);
  write("unpacked/facts.html", "changed");
  EXPECT_NE(in_folder("sha256sum --check --strict sha256sums.txt").status, 0);
  write("unpacked/seal.txt", "sekisho evidence 1\n");
  EXPECT_NE(in_folder(verify).status, 0);
}

}  // namespace
}  // namespace gw::evidence

// The auditor's own program, on files as they are handed to him (LOG-03).

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "support/command.h"
#include "unit/audit/chain.h"

namespace gw::audit {
namespace {

using support::Outcome;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class LogVerifyTest : public testing::Test {
 protected:
  LogVerifyTest() {
    std::string pattern = "/tmp/gw-log-verify-XXXXXX";
    EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    write();
  }
  ~LogVerifyTest() override { std::filesystem::remove_all(folder_); }

  void write() const {
    std::ofstream file(folder_ / "records");
    for (const std::string& line : chain.lines) file << line << "\n";
  }
  Outcome run(const std::string& words, const std::string& before = "LC_ALL=C") const {
    return support::run_in(folder_, before + " " GW_BINARY_DIR "/bin/sekisho-log-verify " + words);
  }
  std::string signer() const { return to_hex(pki::sha256_of(chain.key->public_key())); }

  std::filesystem::path folder_;
  tests::Chain chain;
};

TEST_F(LogVerifyTest, an_intact_file_ends_with_zero_and_says_who_signed) {
  const Outcome outcome = run("records --signer " + signer());
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out,
            "10 records, from 1 to 10: intact\nsigned up to record 10, by the key " + signer() + "\n");
}

TEST_F(LogVerifyTest, without_a_key_from_elsewhere_it_says_that_nobody_judged_whose_the_records_are) {
  const Outcome outcome = run("records");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.out, Not(HasSubstr("intact")));
  EXPECT_THAT(outcome.out, HasSubstr("NOBODY JUDGED WHOSE THEY ARE\n"));
  EXPECT_THAT(run("--output json records").out, HasSubstr("\"signer_expected\":false"));
  EXPECT_THAT(run("--output json --signer " + signer() + " records").out, HasSubstr("\"signer_expected\":true"));
}

TEST_F(LogVerifyTest, standard_input_will_do) {
  EXPECT_THAT(run("--output json < records").out, StartsWith("{\"intact\":true,\"records\":10,"));
}

TEST_F(LogVerifyTest, whoever_works_on_a_record_is_told_on_by_its_number) {
  const std::vector<std::string> whole = chain.lines;
  chain.record(3)[30] ^= 1;
  write();
  EXPECT_EQ(run("records").status, 1);
  EXPECT_THAT(run("records").out, StartsWith("record 3 was changed\n"));
  chain.lines = whole;
  chain.lines.erase(chain.lines.begin() + 3);
  write();
  EXPECT_THAT(run("--output json records").out, HasSubstr("{\"kind\":\"missing\",\"number\":3}"));
  chain.lines = whole;
  chain.lines.insert(chain.lines.begin() + 4, whole[3]);
  write();
  EXPECT_THAT(run("records").out, StartsWith("there is more than one record 3\n"));
  chain.lines = whole;
  std::swap(chain.lines[3], chain.lines[4]);
  write();
  EXPECT_THAT(run("records").out, HasSubstr("record 3 stands in another place than it was written\n"));
}

TEST_F(LogVerifyTest, a_stranger_s_signature_is_not_the_box_s) {
  const Outcome outcome = run("records --signer " + std::string(64, 'a'));
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, StartsWith("the checkpoint of record 5 was signed by somebody else\n"));
}

TEST_F(LogVerifyTest, it_speaks_the_language_it_is_asked_for) {
  EXPECT_THAT(run("--lang ja records").out, StartsWith("記録 10 件、1 から 10 まで: 連鎖に誤りはありません。"));
  EXPECT_THAT(run("--lang ja --signer " + signer() + " records").out,
              StartsWith("記録 10 件、1 から 10 まで: 改ざんはありません\n"));
  EXPECT_THAT(run("records", "env -u LC_ALL -u LC_MESSAGES LANG=ja_JP.UTF-8").out, StartsWith("記録 10 件"));
  EXPECT_THAT(run("--lang en records", "LC_ALL=ja_JP.UTF-8").out, StartsWith("10 records"));
}

TEST_F(LogVerifyTest, a_wrong_call_is_64_and_a_missing_file_66) {
  for (const char* words :
       {"--signer ab records", "--signer", "--output xml records", "--lang fr", "a b", "--strange"})
    EXPECT_EQ(run(words).status, 64) << words;
  EXPECT_EQ(run("nothing-of-that-name").status, 66);
  EXPECT_EQ(run(".").status, 66) << "a folder is opened and cannot be read";
}

/// Two hundred thousand records are some 70 MB; the address space it gets is less than that.
TEST_F(LogVerifyTest, a_file_larger_than_its_memory_is_verified) {
  std::ofstream file(folder_ / "records");
  file << write_head(1, {});
  Link link{};
  for (std::uint64_t number = 1; number <= 200'000; ++number) {
    const std::string line = line_of(number, tests::record_of(number));
    link = link_of(link, line);
    file << write_record(line, link);
  }
  file.close();
  ASSERT_GT(std::filesystem::file_size(folder_ / "records"), 50u << 20);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  const Outcome outcome = run("records");  // its shadow takes more than all of that
#else
  const Outcome outcome = run("records", "ulimit -v 40000; LC_ALL=C");
#endif
  EXPECT_THAT(outcome.out, StartsWith("200000 records, from 1 to 200000: chained without a flaw"));
}

}  // namespace
}  // namespace gw::audit

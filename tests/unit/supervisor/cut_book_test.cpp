#include "daemons/supervisor/cut_book.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace gw::supervisor {
namespace {

using model::Cut;
using What = Cut::What;

class CutBookTest : public testing::Test {
 protected:
  std::string folder;
  Edition edition;

  void SetUp() override {
    std::string pattern = "/tmp/gw-cuts-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder = pattern;
    model::Wiring::Compartment karte{.tenant = model::TenantId{0}, .name = "karte"};
    karte.services = {{"emr"}};
    karte.terminals = {{"desk-1"}};
    edition.wiring.compartments = {karte};
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
};

TEST_F(CutBookTest, what_was_cut_is_still_cut_after_a_power_loss) {  // ISO-10
  {
    CutBook book = *CutBook::open(folder);
    ASSERT_TRUE(book.add({What::terminal, "karte", "desk-1"}, edition));
    ASSERT_TRUE(book.add({What::everything, "", ""}, edition));
  }
  const CutBook book = *CutBook::open(folder);
  ASSERT_EQ(book.cuts().size(), 2u);
  EXPECT_EQ(book.cuts()[0].to_text(), "terminal karte/desk-1");
  EXPECT_EQ(book.cuts()[1].to_text(), "everything");
}

TEST_F(CutBookTest, a_name_the_box_does_not_have_is_refused) {
  CutBook book = *CutBook::open(folder);
  for (const Cut& cut : {Cut{What::tenant, "kartei", ""}, Cut{What::terminal, "karte", "desk-9"},
                         Cut{What::service, "karte", "desk-1"}, Cut{What::service, "labs", "emr"}}) {
    const Result<> added = book.add(cut, edition);
    ASSERT_FALSE(added) << cut.to_text();
    EXPECT_EQ(added.error().code, ErrorCode::cut_unknown_name);
  }
  EXPECT_TRUE(book.cuts().empty());
}

TEST_F(CutBookTest, cutting_twice_is_one_cut) {
  CutBook book = *CutBook::open(folder);
  ASSERT_TRUE(book.add({What::tenant, "karte", ""}, edition));
  ASSERT_TRUE(book.add({What::tenant, "karte", ""}, edition));
  EXPECT_EQ(book.cuts().size(), 1u);
}

TEST_F(CutBookTest, an_address_is_kept_under_its_one_spelling) {  // ISO-05
  {
    CutBook book = *CutBook::open(folder);
    ASSERT_TRUE(book.add({What::source, "", "10.1.0.7"}, edition));
  }
  CutBook book = *CutBook::open(folder);
  ASSERT_EQ(book.cuts().size(), 1u);
  EXPECT_EQ(book.cuts()[0].to_text(), "source 10.1.0.7");
  ASSERT_TRUE(book.remove({What::source, "", "10.1.0.7"}));
}

TEST(CutLayout, a_source_in_another_spelling_is_none) {
  std::vector<std::uint8_t> bytes = encode(Cut{What::source, "", "fd00:1::7"});
  ASSERT_TRUE(decode<Cut>(bytes));
  *std::find(bytes.begin(), bytes.end(), '1') = '0';  // fd00:0::7, which is written fd00::7
  EXPECT_FALSE(decode<Cut>(bytes));
  bytes.back() = 'x';
  EXPECT_FALSE(decode<Cut>(bytes));
}

TEST_F(CutBookTest, a_block_is_kept_apart_from_a_cut_and_from_the_block_of_one_certificate) {  // CRT-04
  const std::string lost(64, 'a');
  const Cut whole{What::certificates, "karte", "desk-1"}, one{What::certificates, "karte", "desk-1", lost};
  {
    CutBook book = *CutBook::open(folder);
    for (const Cut& cut : {Cut{What::terminal, "karte", "desk-1"}, whole, one})
      ASSERT_TRUE(book.add(cut, edition));
    EXPECT_EQ(book.add({What::certificates, "karte", "desk-9"}, edition).error().code,
              ErrorCode::cut_unknown_name);
  }
  CutBook book = *CutBook::open(folder);
  ASSERT_EQ(book.cuts().size(), 3u);
  EXPECT_EQ(book.cuts()[1].to_text(), "certificates of karte/desk-1");
  EXPECT_EQ(book.cuts()[2].to_text(), "certificate " + lost + " of karte/desk-1");
  ASSERT_TRUE(book.remove(whole));
  EXPECT_EQ(book.remove(whole).error().code, ErrorCode::cut_not_there);
  EXPECT_EQ(book.cuts().size(), 2u);
}

TEST(CutLayout, a_fingerprint_is_sixty_four_small_digits_of_a_blocked_certificate) {
  const Cut one{What::certificates, "karte", "desk-1", std::string(64, 'a')};
  EXPECT_TRUE(decode<Cut>(encode(one)));
  for (const char wrong : {'A', 'g', ' '}) {
    std::vector<std::uint8_t> bytes = encode(one);
    bytes.back() = static_cast<std::uint8_t>(wrong);
    EXPECT_FALSE(decode<Cut>(bytes)) << wrong;
  }
  std::vector<std::uint8_t> of_a_cut = encode(one);
  of_a_cut.front() = static_cast<std::uint8_t>(What::terminal);
  EXPECT_FALSE(decode<Cut>(of_a_cut));
}

TEST_F(CutBookTest, only_the_cut_that_is_named_is_restored) {
  CutBook book = *CutBook::open(folder);
  ASSERT_TRUE(book.add({What::tenant, "karte", ""}, edition));
  ASSERT_TRUE(book.add({What::terminal, "karte", "desk-1"}, edition));
  EXPECT_EQ(book.remove({What::everything, "", ""}).error().code, ErrorCode::cut_not_there);
  ASSERT_TRUE(book.remove({What::tenant, "karte", ""}));
  EXPECT_EQ((*CutBook::open(folder)).cuts().size(), 1u);
}

TEST_F(CutBookTest, a_damaged_book_keeps_the_box_from_starting) {
  std::ofstream(folder + "/cuts") << "not a book";
  const Result<CutBook> book = CutBook::open(folder);
  ASSERT_FALSE(book);
  EXPECT_EQ(book.error().code, ErrorCode::cut_book_damaged);
}

TEST_F(CutBookTest, a_cut_that_cannot_be_kept_is_not_made) {
  CutBook book = *CutBook::open(folder);
  std::filesystem::create_directory(folder + "/cuts.new");  // where the new page would go
  EXPECT_FALSE(book.add({What::tenant, "karte", ""}, edition));
  EXPECT_TRUE(book.cuts().empty());
}

TEST(CutOff, a_compartment_learns_of_its_own_cuts_only) {  // ISO-02
  const std::vector<Cut> cuts = {{What::terminal, "karte", "desk-1"}, {What::service, "imaging", "pacs"}};
  const model::CutOff karte = model::cut_off_of(cuts, "karte");
  EXPECT_TRUE(karte.covers_terminal("desk-1"));
  EXPECT_FALSE(karte.covers_service("pacs"));
  EXPECT_FALSE(karte.whole);
  EXPECT_TRUE(model::cut_off_of({{What::everything, "", ""}}, "karte").covers_service("emr"));
  EXPECT_FALSE(model::cut_off_of({{What::tenant, "imaging", ""}}, "karte").whole);
}

TEST(CutOff, an_address_is_cut_off_from_every_tenant) {  // ISO-05
  const std::vector<Cut> cuts = {{What::source, "", "10.1.0.7"}};
  for (const char* tenant : {"karte", "imaging"}) {
    const model::CutOff cut_off = model::cut_off_of(cuts, tenant);
    EXPECT_TRUE(cut_off.covers_source(*model::IpAddress::parse("10.1.0.7")));
    EXPECT_FALSE(cut_off.covers_source(*model::IpAddress::parse("10.1.0.8")));
    EXPECT_FALSE(cut_off.covers_service("emr"));
  }
}

}  // namespace
}  // namespace gw::supervisor

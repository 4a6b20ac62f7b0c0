// Nothing that is known, and nothing that has the form of an address, a host or a key, is let through.

#include "bundle/redactor.h"

#include <gmock/gmock.h>

#include <random>

namespace gw::bundle {
namespace {

using testing::HasSubstr;
using testing::Not;

class RedactorTest : public testing::Test {
 protected:
  RedactorTest() {
    names.of(Kind::tenant, "karte");
    names.of(Kind::terminal, "desk-1");
    names.of(Kind::person, "田中 花子");
    names.of(Kind::account, "tanaka");
    names.of(Kind::host, "karte.cloud.example");
    names.of(Kind::subject, "urn:sekisho:aoba:karte:desk-1");
  }
  Pseudonyms names;
  Redactor ordinary{names, Mode::ordinary}, strict{names, Mode::strict};
};

TEST_F(RedactorTest, a_known_name_is_found_wherever_it_stands) {
  EXPECT_EQ(ordinary.text("desk-1 of karte."), "terminal-1 of tenant-1.");
  EXPECT_EQ(ordinary.text("proxyd/karte"), "proxyd/tenant-1");
  EXPECT_EQ(ordinary.text("proxyd_desk-1_2"), "proxyd_terminal-1_2");
  EXPECT_EQ(ordinary.text("KARTE/Desk-1"), "tenant-1/terminal-1");
  EXPECT_EQ(ordinary.text("x田中 花子さん"), "xperson-1さん");
  EXPECT_EQ(ordinary.text("URI urn:sekisho:aoba:karte:desk-1!"), "URI subject-1!");
  EXPECT_EQ(ordinary.text("kartell desk-11"), "kartell desk-11") << "other names";
}

TEST_F(RedactorTest, addresses_are_found_by_their_form) {
  EXPECT_EQ(ordinary.text("from 10.11.1.5:443, 10.11.1.5/24 and [fd00::1]:53"),
            "from 198.18.0.1:443, 198.18.0.1/24 and [2001:db8:1::1]:53");
  EXPECT_EQ(ordinary.text("02:5e:00:00:53:01"), "mac-1");
  EXPECT_EQ(ordinary.text("at 10.11.1.5."), "at 198.18.0.1.");
  EXPECT_EQ(ordinary.text("TLSv1.3 127.0.0.1 3.5"), "TLSv1.3 127.0.0.1 3.5");
}

TEST_F(RedactorTest, host_and_file_names_are_found_and_ids_stay) {
  EXPECT_EQ(ordinary.text("mail.clinic.jp said store.full: ca.pem"), "host-2 said store.full: file-1");
  EXPECT_EQ(ordinary.text("a@mail.clinic.jp"), "a@host-2");
  EXPECT_EQ(ordinary.text("session.refused config.apply certificate_expired"),
            "session.refused config.apply certificate_expired");
}

TEST_F(RedactorTest, a_pem_block_and_what_may_be_a_key_are_gone) {
  const std::string pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
  EXPECT_EQ(ordinary.text("x " + pem + " y"), "x (removed) y");
  EXPECT_EQ(ordinary.text("x -----BEGIN CERTIFICATE-----\nMIIB"), "x (removed)");
  EXPECT_EQ(ordinary.text("k aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6kL9n"), "k (removed)");
  const std::string digest(64, 'a');
  EXPECT_EQ(ordinary.text(digest), digest);
}

TEST_F(RedactorTest, members_say_what_their_texts_are) {
  const auto out = ordinary.json(R"({"msg":"old-pc asks","terminal":"old-pc","subject":"CN=x, O=Aoba",)"
                                 R"("count":7,"event":"session.refused","terminals":["desk-1",null,true]})");
  ASSERT_TRUE(out);
  EXPECT_EQ(*out, R"({"msg":"terminal-2 asks","terminal":"terminal-2","subject":"subject-2",)"
                  R"("count":7,"event":"session.refused","terminals":["terminal-1",null,true]})");
  EXPECT_FALSE(ordinary.json("{"));
}

TEST_F(RedactorTest, an_id_that_is_somebodys_name_is_no_id) {
  EXPECT_EQ(*ordinary.json(R"({"state":"karte","level":"info"})"), R"({"state":"tenant-1","level":"info"})");
}

TEST_F(RedactorTest, in_strict_mode_there_are_no_words_of_people_and_no_seconds) {
  constexpr std::string_view kRecord =
      R"({"ts":"2026-11-29T03:10:42.5+09:00","reason":"鈴木さんのPC","result":"done"})";
  EXPECT_EQ(*strict.json(kRecord),
            R"x({"ts":"2026-11-29T03:10:00+09:00","reason":"(removed)","result":"done"})x");
  EXPECT_THAT(*ordinary.json(kRecord), HasSubstr("03:10:42.5"));
  EXPECT_EQ(*strict.json(R"({"reason":"certificate_expired"})"),
            *ordinary.json(R"({"reason":"certificate_expired"})"));
  EXPECT_THAT(*strict.json(kRecord), Not(HasSubstr("鈴木")));
}

/// Does it stand there on its own?
bool has_word(const std::string& text, const std::string& word) {
  const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; ++at) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end]))) return true;
  }
  return false;
}

TEST(RedactorProperty, no_known_name_survives_whatever_stands_around_it) {
  std::mt19937 dice(7);
  const std::vector<std::string> real{
      "aoba",     "karte", "desk-1", "ct-2", "tanaka", "北村 一", "pacs", "10.11.1.77", "imaging.clinic.jp",
      "fd00:5::9"};
  const std::vector<std::string> around{" ", "/",  ":",    "_",   "-",    ", ",         "\"", "(",
                                        "=", "\n", "host", "://", "4711", "store.full", "。", "@"};
  const auto any = [&](const auto& of) { return of[dice() % of.size()]; };
  for (int round = 0; round < 5'000; ++round) {
    Pseudonyms names;
    for (const auto& name : real)
      if (!model::IpAddress::parse(name)) names.of(Kind::word, name);
    Redactor redactor(names, Mode::ordinary);
    std::string text;
    for (unsigned i = 0; i < 2 + dice() % 4; ++i) {
      const std::string name = any(real);
      const bool has_form = model::IpAddress::parse(name).has_value();
      text += has_form ? " " + name + " " : any(around) + name + any(around);
    }
    const std::string out = redactor.text(text);
    for (const auto& name : real)
      ASSERT_FALSE(has_word(out, name)) << name << " in: " << out << "\nof: " << text;
  }
}

TEST(RedactorProperty, any_octets_are_taken) {
  std::mt19937 dice(11);
  Pseudonyms names;
  names.of(Kind::tenant, "a");
  Redactor redactor(names, Mode::strict);
  for (int round = 0; round < 5'000; ++round) {
    std::string text(dice() % 200, ' ');
    for (char& c : text) c = static_cast<char>(round % 2 == 0 ? "a-_.:/@ -----BEGIN"[dice() % 18] : dice());
    EXPECT_LE(redactor.text(text).size(), text.size() * 64 + 64);
  }
}

}  // namespace
}  // namespace gw::bundle

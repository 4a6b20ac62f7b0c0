// The profiles that the product ships (configs/services).

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "draft.h"
#include "papers/questions.h"

namespace gw::papers {
namespace {

constexpr Day kToday{std::chrono::year{2026} / 12 / 1};

std::vector<std::string> names() {
  std::vector<std::string> out;
  const std::filesystem::path folder = std::filesystem::path(GW_SOURCE_DIR) / "configs" / "services";
  for (const auto& file : std::filesystem::directory_iterator(folder)) out.push_back(file.path().stem());
  std::ranges::sort(out);
  return out;
}

Reading profile_of(const std::string& name) {
  return read_profile(read_file("configs/services/" + name + ".yaml"));
}

TEST(ServiceFiles, the_five_services_are_there) {
  EXPECT_EQ(names(), (std::vector<std::string>{"mdv-cloud", "medical-note", "medicalcare-station",
                                               "welby-mycarte", "yadoc"}));
}

TEST(ServiceFiles, each_is_read_without_a_remark_and_named_as_its_file) {
  for (const std::string& name : names()) {
    const Reading reading = profile_of(name);
    EXPECT_EQ(config::to_text(reading.problems, name), "");
    ASSERT_TRUE(reading.profile) << name;
    EXPECT_EQ(reading.profile->name, name);
  }
}

TEST(ServiceFiles, every_key_is_a_fact_with_its_place_or_unknown_with_its_owner) {
  for (const std::string& name : names()) {
    const Reading reading = profile_of(name);
    ASSERT_TRUE(reading.profile) << name;
    for (const Fact& fact : facts()) {
      SCOPED_TRACE(name + " " + fact.name());
      ASSERT_FALSE(reading.profile->of(fact.id).empty());
      for (const Statement& statement : reading.profile->of(fact.id)) {
        EXPECT_EQ(statement.is_unknown(), statement.value.empty());
        EXPECT_TRUE(statement.is_unknown() || !statement.where.empty());
      }
    }
  }
}

/// No paper is a specification of a connection: what a firewall needs is asked of every vendor.
TEST(ServiceFiles, names_ports_and_mode_are_asked_of_every_vendor) {  // WLS-01, NET-07
  for (const std::string& name : names()) {
    const Reading reading = profile_of(name);
    ASSERT_TRUE(reading.profile) << name;
    std::set<FactId> asked;
    for (const Question& question : questions_of(*reading.profile, kToday))
      if (question.to == Party::vendor) asked.insert(question.about);
    for (const FactId id : {FactId::connection_names, FactId::connection_ports, FactId::connection_mode,
                            FactId::transport_versions})
      EXPECT_TRUE(asked.contains(id)) << name << " " << fact(id).name();
    EXPECT_GT(asked.size(), 15u);
  }
}

TEST(ServiceFiles, nobody_takes_a_denied_encryption_for_evidence) {  // NET-06
  const Reading reading = profile_of("medical-note");
  ASSERT_TRUE(reading.profile);
  EXPECT_EQ(reading.profile->contradictions.front().about, FactId::transport_encrypted);
  EXPECT_TRUE(reading.profile->of(FactId::transport_encrypted).front().is_unknown());
}

TEST(ServiceFiles, clocks_and_generations_are_those_of_the_papers) {  // INC-01, BAK-06
  struct Row {
    const char *name, *within, *from, *count, *unit;
  };
  for (const Row& row :
       {Row{"medical-note", "72 h", "発生", "7", "世代"}, Row{"yadoc", "", "", "", ""},
        Row{"welby-mycarte", "24 h", "発生", "35", "世代"},
        Row{"medicalcare-station", "72 h", "検知", "8", "世代"}, Row{"mdv-cloud", "", "", "", "日"}}) {
    const Reading reading = profile_of(row.name);
    ASSERT_TRUE(reading.profile) << row.name;
    EXPECT_EQ(reading.profile->value_of(FactId::incident_within), row.within) << row.name;
    EXPECT_EQ(reading.profile->value_of(FactId::incident_counted_from), row.from) << row.name;
    EXPECT_EQ(reading.profile->value_of(FactId::backup_count), row.count) << row.name;
    EXPECT_EQ(reading.profile->value_of(FactId::backup_unit), row.unit) << row.name;
  }
}

}  // namespace
}  // namespace gw::papers

// Every fault is explained to the clinic and to the vendor, each in its own words, in both languages.

#include "pki/explanation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <string>

namespace gw::pki {
namespace {

using testing::AnyOf;
using testing::EndsWith;
using testing::HasSubstr;

/// The enumerators of Fault as they stand in the header.
std::size_t enumerators() {
  std::ifstream header(std::string(GW_SOURCE_DIR) + "/gateway/pki/verify_error.h");
  const std::string text{std::istreambuf_iterator<char>(header), {}};
  const std::size_t begin = text.find("enum class Fault"), end = text.find("};", begin);
  const std::string body = text.substr(begin, end - begin);
  const std::regex row("\n  [a-z_]+,");
  return static_cast<std::size_t>(
      std::distance(std::sregex_iterator(body.begin(), body.end(), row), std::sregex_iterator()));
}

TEST(ExplanationTest, every_fault_has_one_of_its_own) {
  const std::size_t count = enumerators();
  ASSERT_EQ(count, static_cast<std::size_t>(Fault::internal) + 1);
  std::set<std::string> meanings;
  for (const auto& [language, stop] : {std::pair{Language::english, "."}, {Language::japanese, "。"}})
    for (std::size_t i = 0; i < count; ++i) {
      const Explanation why = explanation_of(static_cast<Fault>(i), language);
      EXPECT_TRUE(meanings.insert(why.meaning).second) << why.meaning;
      EXPECT_THAT(why.rule, AnyOf(HasSubstr("RFC "), HasSubstr("CRT-"), HasSubstr("architecture")))
          << why.meaning;
      for (const char* words : {why.meaning, why.clinic, why.vendor}) EXPECT_THAT(words, EndsWith(stop));
    }
}

}  // namespace
}  // namespace gw::pki

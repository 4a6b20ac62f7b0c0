#include "api/operation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "ipc/messages/web_control.h"

namespace gw::api {
namespace {

using accounts::Role;

/// "{name}" of a path.
std::multiset<std::string> places_in(std::string_view path) {
  std::multiset<std::string> out;
  for (std::size_t at = path.find('{'); at != std::string_view::npos; at = path.find('{', at + 1))
    out.emplace(path.substr(at + 1, path.find('}', at) - at - 1));
  return out;
}

TEST(ApiOperation, each_has_an_id_and_a_place_of_its_own) {
  std::set<std::string_view> ids;
  std::set<std::pair<Method, std::string_view>> places;
  for (const Operation& row : operations()) {
    EXPECT_TRUE(ids.insert(row.name).second) << row.name;
    EXPECT_TRUE(places.insert({row.method, row.path}).second) << row.name;
    EXPECT_EQ(&operation(row.id), &row);
    EXPECT_EQ(parse_operation(static_cast<std::uint16_t>(row.id)), row.id);
  }
  EXPECT_EQ(parse_operation(kOperations), std::nullopt);
}

TEST(ApiOperation, what_stands_in_a_path_is_one_of_its_parameters_and_is_needed) {
  for (const Operation& row : operations()) {
    std::multiset<std::string> declared;
    for (const Parameter& parameter : parameters_of(row.id)) {
      if (parameter.place != Place::path) continue;
      declared.emplace(parameter.name);
      EXPECT_EQ(parameter.need, Need::required) << row.name;
    }
    EXPECT_EQ(places_in(row.path), declared) << row.name;
  }
}

TEST(ApiOperation, values_fit_into_a_message_and_names_are_there_once) {
  for (const Operation& row : operations()) {
    EXPECT_LE(parameters_of(row.id).size(), ipc::web::kMostValues) << row.name;
    std::set<std::string_view> names;
    for (const Parameter& parameter : parameters_of(row.id)) {
      EXPECT_TRUE(names.insert(parameter.name).second) << row.name << " " << parameter.name;
      EXPECT_LE(parameter.low, parameter.high) << row.name << " " << parameter.name;
      const bool is_text = parameter.type == Type::text || parameter.type == Type::secret;
      EXPECT_TRUE(!is_text || parameter.high <= model::TypedValue::kMostText) << row.name;
    }
  }
}

/// A GET changes nothing, so nothing secret stands in an address, and a body belongs to the others.
TEST(ApiOperation, secrets_travel_in_bodies_alone) {
  for (const Operation& row : operations())
    for (const Parameter& parameter : parameters_of(row.id)) {
      EXPECT_FALSE(parameter.is_secret() && parameter.place != Place::body) << row.name;
      EXPECT_FALSE(row.method == Method::GET && parameter.place == Place::body) << row.name;
    }
}

/// Before somebody has signed in there are the ways in, the certificate that each handshake shows anyhow, and
/// nothing else.
TEST(ApiOperation, nothing_but_the_ways_in_is_open_to_anyone) {
  std::set<std::string_view> open;
  for (const Operation& row : operations())
    if (row.access.kind == Access::Kind::anyone) open.insert(row.name);
  EXPECT_EQ(open, (std::set<std::string_view>{"session.open", "enrolment.begin", "enrolment.finish",
                                              "box.claim", "setup.identity"}));
}

TEST(ApiOperation, a_role_is_let_by_either_of_two_rights_and_by_no_third) {
  const Access access{Access::Kind::right, accounts::Operation::accounts_manage,
                      accounts::Operation::accounts_appoint};
  EXPECT_TRUE(access.lets(Role::clinic_admin));
  EXPECT_TRUE(access.lets(Role::approver));
  EXPECT_FALSE(access.lets(Role::auditor));
  EXPECT_FALSE(access.lets(Role::break_glass));
}

TEST(ApiOperation, what_must_not_be_done_twice_takes_a_key) {
  for (const Operation& row : operations())
    EXPECT_TRUE(row.answer != AnswerId::Invitation || row.repeats == Repeats::once) << row.name;
}

}  // namespace
}  // namespace gw::api

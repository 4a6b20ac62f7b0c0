#include "api/value.h"

#include <gtest/gtest.h>

namespace gw::api {
namespace {

using std::chrono::milliseconds;

Parameter of(Type type, std::uint64_t low, std::uint64_t high, Need need = Need::required) {
  return {OperationId::session_open, "it", Place::body, type, low, high, need};
}
std::optional<Fault> fault_of(const Parameter& parameter, TypedValue value) {
  return check(parameter, value);
}

TEST(ApiValue, a_needed_one_must_be_there_and_another_may_be_left_out) {
  EXPECT_EQ(fault_of(of(Type::text, 1, 3), {}), Fault::missing);
  EXPECT_EQ(fault_of(of(Type::text, 1, 3, Need::optional), {}), std::nullopt);
}

TEST(ApiValue, a_text_is_as_long_as_it_may_be) {
  const Parameter text = of(Type::text, 2, 4);
  EXPECT_EQ(fault_of(text, TypedValue::of(std::string("a"))), Fault::too_short);
  EXPECT_EQ(fault_of(text, TypedValue::of(std::string("ab"))), std::nullopt);
  EXPECT_EQ(fault_of(text, TypedValue::of(std::string("abcd"))), std::nullopt);
  EXPECT_EQ(fault_of(text, TypedValue::of(std::string("abcde"))), Fault::too_long);
}

TEST(ApiValue, a_text_holds_no_control_characters_and_is_utf8) {
  const Parameter text = of(Type::text, 1, 64);
  EXPECT_EQ(fault_of(text, TypedValue::of(std::string("院長"))), std::nullopt);
  EXPECT_EQ(fault_of(text, TypedValue::of(std::string("a\nb"))), Fault::malformed);
  EXPECT_EQ(fault_of(text, TypedValue::of(std::string("\xff"))), Fault::malformed);
  // A password is taken octet by octet; whether it will do is said elsewhere.
  EXPECT_EQ(fault_of(of(Type::secret, 1, 64), TypedValue::of(std::string("\xff\t"))), std::nullopt);
}

TEST(ApiValue, a_value_of_another_kind_is_told_apart) {
  EXPECT_EQ(fault_of(of(Type::text, 1, 64), TypedValue::of(std::uint64_t{7})), Fault::wrong_type);
  EXPECT_EQ(fault_of(of(Type::number, 1, 64), TypedValue::of(std::string("7"))), Fault::wrong_type);
  EXPECT_EQ(fault_of(of(Type::flag, 0, 0), TypedValue::of(std::uint64_t{1})), Fault::wrong_type);
  EXPECT_EQ(fault_of(of(Type::time, 0, 0), TypedValue::of(true)), Fault::wrong_type);
}

TEST(ApiValue, a_number_lies_within_its_bounds) {
  const Parameter number = of(Type::number, 1, 1000);
  EXPECT_EQ(fault_of(number, TypedValue::of(std::uint64_t{0})), Fault::out_of_range);
  EXPECT_EQ(fault_of(number, TypedValue::of(std::uint64_t{1000})), std::nullopt);
  EXPECT_EQ(fault_of(number, TypedValue::of(std::uint64_t{1001})), Fault::out_of_range);
}

TEST(ApiValue, a_role_a_name_and_a_digest_have_their_form) {
  EXPECT_EQ(fault_of(of(Type::role, 0, 0), TypedValue::of(std::string("auditor"))), std::nullopt);
  EXPECT_EQ(fault_of(of(Type::role, 0, 0), TypedValue::of(std::string("root"))), Fault::malformed);
  EXPECT_EQ(fault_of(of(Type::name, 1, 63), TypedValue::of(std::string("m-sato"))), std::nullopt);
  EXPECT_EQ(fault_of(of(Type::name, 1, 63), TypedValue::of(std::string("Sato"))), Fault::malformed);
  EXPECT_EQ(fault_of(of(Type::digest, 0, 0), TypedValue::of(std::string(64, 'a'))), std::nullopt);
  EXPECT_EQ(fault_of(of(Type::digest, 0, 0), TypedValue::of(std::string(63, 'a'))), Fault::malformed);
  EXPECT_EQ(fault_of(of(Type::digest, 0, 0), TypedValue::of(std::string(64, 'g'))), Fault::malformed);
}

TEST(ApiValue, a_time_is_read_with_its_zone_and_to_the_millisecond) {
  EXPECT_EQ(parse_time("1970-01-01T00:00:00Z"), milliseconds(0));
  EXPECT_EQ(parse_time("1970-01-01T09:00:01.5+09:00"), milliseconds(1500));
  EXPECT_EQ(parse_time("2026-11-29T00:00:00.123456Z"), milliseconds(1795910400123));
  EXPECT_EQ(parse_time("2028-02-29T23:59:59-01:30"), milliseconds(1835486999000));
  for (const char* text :
       {"", "2026-11-29", "2026-11-29T00:00:00", "2026-02-29T00:00:00Z", "2026-11-29T24:00:00Z",
        "2026-11-29T00:00:00.Z", "2026-11-29T00:00:00Zx", "1969-12-31T23:59:59Z", "2026-11-29T00:00:00+9:00",
        "2026-11-29T00:00:00.1234567891Z", "x026-11-29T00:00:00Z"})
    EXPECT_EQ(parse_time(text), std::nullopt) << text;
}

TEST(ApiValue, the_first_mistake_of_a_question_is_told_with_its_place) {
  const auto fault = check(OperationId::session_open, {TypedValue::of(std::string("n")), {}, {}});
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->fault, Fault::missing);
  EXPECT_EQ(fault->pointer, "/body/password");
  EXPECT_TRUE(check(OperationId::session_open, {})) << "another count of values is no question at all";
  EXPECT_FALSE(check(OperationId::session_show, {}));
}

TEST(ApiValue, text_becomes_a_value_of_its_parameters_kind) {
  EXPECT_EQ(read(of(Type::number, 0, 9), "7"), TypedValue::of(std::uint64_t{7}));
  EXPECT_EQ(read(of(Type::number, 0, 9), "07"), std::nullopt);
  EXPECT_EQ(read(of(Type::flag, 0, 0), "true"), TypedValue::of(true));
  EXPECT_EQ(read(of(Type::flag, 0, 0), "1"), std::nullopt);
  EXPECT_EQ(read(of(Type::time, 0, 0), "1970-01-01T00:00:01Z"), TypedValue::of(std::uint64_t{1000}));
  EXPECT_EQ(read(of(Type::text, 0, 9), "7"), TypedValue::of(std::string("7")));
}

TEST(ApiValue, a_document_has_lines_and_no_other_control_characters) {
  const Parameter document = of(Type::document, 1, 16);
  EXPECT_EQ(fault_of(document, TypedValue::of(std::string("a:\n\tb\r\n"))), std::nullopt);
  EXPECT_EQ(fault_of(document, TypedValue::of(std::string("a\x1b"))), Fault::malformed);
  EXPECT_EQ(fault_of(document, TypedValue::of(std::string(17, 'a'))), Fault::too_long);
}

TEST(ApiValue, texts_are_counted_and_each_is_plain) {
  const Parameter texts = of(Type::texts, 1, 2);
  const auto list = [](std::vector<std::string> items) { return TypedValue::of(std::move(items)); };
  EXPECT_EQ(fault_of(texts, list({"a", "b"})), std::nullopt);
  EXPECT_EQ(fault_of(texts, list({})), Fault::too_short);
  EXPECT_EQ(fault_of(texts, list({"a", "b", "c"})), Fault::too_long);
  EXPECT_EQ(fault_of(texts, list({"a\n"})), Fault::malformed);
  EXPECT_EQ(fault_of(texts, list({""})), Fault::too_short);
  EXPECT_EQ(fault_of(texts, list({std::string(kMostTextItem + 1, 'a')})), Fault::too_long);
  EXPECT_EQ(fault_of(texts, TypedValue::of(std::string("a"))), Fault::wrong_type);
}

TEST(ApiValue, each_path_of_files_stands_once_with_its_document) {
  const Parameter files = of(Type::files, 0, 2);
  const auto list = [](std::vector<std::string> items) { return TypedValue::of(std::move(items)); };
  EXPECT_EQ(fault_of(files, list({})), std::nullopt);
  EXPECT_EQ(fault_of(files, list({"ca.pem", "-----\n", "b.pem", "x"})), std::nullopt);
  EXPECT_EQ(fault_of(files, list({"ca.pem"})), Fault::malformed);
  EXPECT_EQ(fault_of(files, list({"ca.pem", "x", "ca.pem", "y"})), Fault::repeated);
  EXPECT_EQ(fault_of(files, list({"a", "x", "b", "x", "c", "x"})), Fault::too_long);
  EXPECT_EQ(fault_of(files, list({"a", std::string(kMostFile + 1, 'x')})), Fault::too_long);
}

}  // namespace
}  // namespace gw::api

// Classes of records and how long each is kept (LOG-05).

#include "model/record_class.h"

#include <gtest/gtest.h>

namespace gw::model {
namespace {

TEST(RecordClass, has_one_name_that_is_read_back) {
  for (const RecordClass of : {RecordClass::connection, RecordClass::administration, RecordClass::other})
    EXPECT_EQ(parse_record_class(to_string(of)), of);
  EXPECT_FALSE(parse_record_class(""));
  EXPECT_FALSE(parse_record_class("Connection"));
}

TEST(RecordClass, what_terminals_do_is_apart_from_what_people_do_to_the_box) {
  EXPECT_EQ(class_of(EventId::session_refused), RecordClass::connection);
  EXPECT_EQ(class_of(EventId::records_removed), RecordClass::administration);
  for (const EventId act :
       {EventId::capture_made, EventId::bundle_exported, EventId::setup_finished, EventId::diagnosis_made})
    EXPECT_EQ(class_of(act), RecordClass::administration);
  EXPECT_EQ(class_of(EventId::process_ended), RecordClass::other);
}

TEST(KeptFor, is_five_years_unless_somebody_says_otherwise) {
  EXPECT_EQ(KeptFor().count(), 5u);
  EXPECT_FALSE(KeptFor().is_for_ever());
}

TEST(KeptFor, is_never_less_than_two_years_and_may_be_for_ever) {
  EXPECT_FALSE(KeptFor::years(0));
  EXPECT_FALSE(KeptFor::years(1));
  EXPECT_FALSE(KeptFor::years(100));
  EXPECT_EQ(KeptFor::years(2)->count(), 2u);
  EXPECT_TRUE(KeptFor::for_ever().is_for_ever());
}

}  // namespace
}  // namespace gw::model

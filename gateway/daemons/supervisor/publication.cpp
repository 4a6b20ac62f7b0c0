#include "publication.h"

#include "base/check.h"

namespace gw::supervisor {
namespace {

struct Row {
  Stage from;
  News news;
  Stage to;
};
constexpr Row kRows[] = {
    {Stage::idle, News::begun, Stage::compiling},
    {Stage::compiling, News::done, Stage::applying},
    {Stage::compiling, News::failed, Stage::idle},
    {Stage::applying, News::done, Stage::preparing},
    {Stage::applying, News::failed, Stage::restoring},
    {Stage::preparing, News::done, Stage::committing},
    {Stage::preparing, News::failed, Stage::restoring},
    {Stage::committing, News::done, Stage::settling},
    {Stage::committing, News::failed, Stage::settling},  // the decision stands: who does not follow is
                                                         // started again
    {Stage::settling, News::done, Stage::idle},
    {Stage::settling, News::failed, Stage::idle},  // narrower than decided; the guard tries again
    {Stage::restoring, News::done, Stage::idle},
    {Stage::restoring, News::failed, Stage::idle},
};

}  // namespace

Stage next(Stage stage, News news) {
  for (const Row& row : kRows)
    if (row.from == stage && row.news == news) return row.to;
  GW_CHECK(false, "a publication got news its stage cannot have");
}

}  // namespace gw::supervisor

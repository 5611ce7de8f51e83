#include "cli/table/infer.h"

#include <gtest/gtest.h>

#include "model/size_class_table.h"
#include "properties/random_parameters.h"

namespace heaplaw::cli {
namespace {

using properties::Random;
using properties::random_parameters;

TEST(Infer, EveryEditionGivesItsParametersBack) {
  for (const SizeClassEdition& edition : size_class_editions()) {
    const Inference inference = infer_parameters(model::size_class_table(edition));
    EXPECT_EQ(inference.parameters, edition.parameters) << edition.id;
    EXPECT_EQ(inference.classes_differing, 0u) << edition.id;
    EXPECT_TRUE(inference.upstream) << edition.id;
  }
}

// Two sets of parameters can give one table, so the table decides, not the parameters.
TEST(Infer, AForksParametersGiveItsTableBack) {
  Random random(7);
  int possible = 0;
  for (int i = 0; i < 400; ++i) {
    const SizeClassParameters p = random_parameters(random);
    SizeClassTable table;
    try {
      table = model::size_class_table(size_class_edition(15), p);
    } catch (const model::ImpossibleParameters&) {
      continue;
    }
    ++possible;
    const Inference inference = infer_parameters(table);
    EXPECT_EQ(inference.classes_differing, 0u) << i;
    EXPECT_EQ(inference.impossible, "") << i;
  }
  EXPECT_GT(possible, 50);
}

TEST(Infer, ImpossibleParametersAreExplained) {
  SizeClassTable table = model::size_class_table(size_class_edition(15));
  table.at(TableConstant::large_size_div) = 100;
  EXPECT_EQ(infer_parameters(table).impossible,
            "large_size_div is 100, which is not a power of two");
}

TEST(Infer, AnEmptyTableIsNoReasonToFail) {
  EXPECT_NO_THROW((void)infer_parameters(SizeClassTable{}));
}

}  // namespace
}  // namespace heaplaw::cli

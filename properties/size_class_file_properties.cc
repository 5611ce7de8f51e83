// What must hold for sizeclasses.go of any parameters and in any layout that an editor may leave.
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "cli/table/verify.h"
#include "evidence/size_class_file.h"
#include "evidence/size_class_file_printer.h"
#include "model/size_class_table.h"
#include "properties/random_parameters.h"
#include "properties/table_corruption.h"
#include "vocabulary/input_error.h"

namespace heaplaw {
namespace {

using properties::corrupt;
using properties::Corruption;
using properties::Random;
using properties::random_parameters;

const SizeClassEdition& any_edition() { return size_class_edition(*rc::gen::inRange(1, 16)); }

// A table of the edition's form with random parameters, or with Go's where those are impossible.
SizeClassTable any_table(const SizeClassEdition& edition) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  try {
    return model::size_class_table(edition, random_parameters(random));
  } catch (const model::ImpossibleParameters&) {
    return model::size_class_table(edition);
  }
}

// Structs do not say which of two rules they were made by.
SizeClassTable without_magic_form(SizeClassTable table) {
  table.magic_form = DivideMagicForm::none;
  table.alignment_capped = true;
  return table;
}

RC_GTEST_PROP(SizeClassFileProperties, WhatIsPrintedIsReadBack, ()) {
  const SizeClassEdition& edition = any_edition();
  const SizeClassTable table = any_table(edition);
  const std::string text = evidence::print(table, edition);
  const auto file = evidence::parse_size_class_file(text, "printed.go");
  RC_ASSERT(without_magic_form(file.table) == without_magic_form(table));
}

RC_GTEST_PROP(SizeClassFileProperties, AnyTablePrintedIsConsistentWithItsOwnParameters, ()) {
  const SizeClassEdition& edition = size_class_edition(*rc::gen::element(9, 10, 11, 12, 15));
  const std::string text = evidence::print(any_table(edition), edition);
  const cli::Verification v = cli::verify(text, "fork.go");
  RC_ASSERT(v.inference.classes_differing == 0u);
}

RC_GTEST_PROP(SizeClassFileProperties, OneWrongNumberInTheTextIsAlwaysFound, ()) {
  const SizeClassEdition& edition = any_edition();
  SizeClassTable table = model::size_class_table(edition);
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const Corruption corruption = corrupt(table, random);
  const std::string text = evidence::print(table, edition);
  // Magic in the newer form is printed as an expression of the size, so no number can be wrong.
  RC_PRE(text != cli::edition_text(edition));
  if (cli::verify(text, "wrong.go").consistent()) RC_FAIL(describe(corruption));
}

RC_GTEST_PROP(SizeClassFileProperties, CutAnywhereItIsReadableOrHasAPlace, ()) {
  std::string text = cli::edition_text(any_edition());
  text.resize(*rc::gen::inRange<std::size_t>(0, text.size()));
  try {
    (void)cli::verify(text, "cut.go");
  } catch (const InputError& error) {
    RC_ASSERT(error.place().line >= 1u);
  }
}

RC_GTEST_PROP(SizeClassFileProperties, AnyByteReplacedIsReadableOrHasAPlace, ()) {
  std::string text = cli::edition_text(any_edition());
  const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
  text[at] = *rc::gen::arbitrary<char>();
  try {
    (void)cli::verify(text, "edited.go");
  } catch (const InputError& error) {
    RC_ASSERT(error.place().line >= 1u);
  }
}

}  // namespace
}  // namespace heaplaw

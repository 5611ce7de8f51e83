#include "evidence/size_class_file_printer.h"

#include <gtest/gtest.h>

#include "sha256.h"
#include "shipped_tables.h"
#include "vocabulary/check.h"

namespace heaplaw::evidence {
namespace {

struct UpstreamFile {
  int edition;
  std::size_t bytes;
  const char* sha256;
};
// clang-format off
constexpr UpstreamFile upstream_files[] = {
    { 1, 3798, "2235c2f780cc2f19562c4ab018ef922ac832607176f06b819d725a710fe29889"},
    { 2, 7417, "d2b5ab9785b15b74702b31ed63f32c3c03c67d3ff30fea9d23ff58da54292b09"},
    { 3, 7418, "9975634277c796ad5bafdec2f8ed4e93200b018fd83f927eec7cdbbcba36b6b8"},
    { 4, 8088, "a3b508e0fc1102c6b9942f76a6d7876e2cc9ebf4894c0712b510a813a406a9e2"},
    { 5, 8093, "1d08842677b438637699d4db7c08657f0a2a4c7853af956a2aeafd5bced43473"},
    { 6, 8183, "9391bf35b4f4b68f807e60f34da9576b3a9a24255519cdeffb5ba6ef0d69568e"},
    { 7, 9196, "ce507b59655b75aa996bf30fdd8d704c1c9a5a17322823e9422cd0e28e7f836b"},
    { 8, 9363, "f5467c1f081c8a9451f84fedf544006950c7c14419d9aeeb6835ab0da5a89cd0"},
    { 9, 9363, "f6165d882e33703a5e9e4fe6099b305e82bb00263574020ccc6b4d0b54249f80"},
    {10, 9387, "398333fdf401bc21ff3883500db9a8b7f49cee5b2f0b6b3b367eb12f4bee695a"},
    {11, 9408, "fd3b20ff6b52bfdb42c6d38bc19158bd8a3c88899125029b06232e8a8c2d19f8"},
    {12, 9396, "a7f182d9e3028188b6ab997aebe8d6e662bb0694598b2b3a0c8b2bf2f45900f5"},
    {13, 9453, "9badd85e17d3b37d308d53d0e16d04d76cebd36ac92e486c27d184be7ac0a1fb"},
    {14, 9483, "28bf50dab1f5089dee7cd50acc69649b27d05fe83e8d844d98228f718b4d9220"},
    {15, 9532, "7626b00bbb416c25c5279b29aa73a072d74ace3444e58b178a6ff855a2deec2c"},
};
// clang-format on

TEST(SizeClassFilePrinter, PrintsEveryEditionByteForByte) {
  for (const UpstreamFile& upstream : upstream_files) {
    const SizeClassEdition& edition = size_class_edition(upstream.edition);
    const std::string text = print(shipped_table(edition), edition);
    EXPECT_EQ(text.size(), upstream.bytes) << edition.published;
    EXPECT_EQ(testing_support::sha256(text), upstream.sha256) << edition.published;
  }
}

TEST(SizeClassFilePrinter, PrintsMagicThatIsNotItsSizesAsANumber) {
  const SizeClassEdition& edition = size_class_edition(15);
  SizeClassTable table = shipped_table(edition);
  std::get<std::vector<ReciprocalMagic>>(table.magic)[2] = 7;
  const std::string text = print(table, edition);
  EXPECT_NE(text.find("uint32{0, ^uint32(0)/8 + 1, 7, ^uint32(0)/24 + 1, "), text.npos);
}

TEST(SizeClassFilePrinter, RefusesATableThatLacksWhatTheEditionPrints) {
  const SizeClassEdition& newest = size_class_edition(15);
  SizeClassTable no_constant = shipped_table(newest);
  no_constant.at(TableConstant::tiny_size).reset();
  EXPECT_THROW((void)print(no_constant, newest), CheckFailure);

  SizeClassTable no_column = shipped_table(newest);
  no_column.rows[3].min_align.reset();
  EXPECT_THROW((void)print(no_column, newest), CheckFailure);

  EXPECT_THROW((void)print(shipped_table(newest), size_class_edition(6)), CheckFailure);
  EXPECT_THROW((void)print(shipped_table(size_class_edition(6)), size_class_edition(9)),
               CheckFailure);
}

}  // namespace
}  // namespace heaplaw::evidence

#include "oracle/tables/landing.h"

#include "oracle/tables/class_finder.h"
#include "oracle/tables/documented.h"
#include "vocabulary/check.h"

namespace heaplaw::oracle {

namespace {

constexpr Bytes tiny_block = 16_B;
constexpr Bytes header_size = 8_B;         // on 32-bit too: it keeps 8-byte alignment
constexpr Bytes inline_mark_size = 128_B;  // marks, scanned bits, an owner and the class

Bytes pointer_size(Architecture arch) { return Bytes{static_cast<std::uint64_t>(arch)}; }

Bytes largest_address(Architecture arch) {
  return Bytes{arch == Architecture::bits32 ? UINT32_MAX : UINT64_MAX};
}

// Whether a + b, in the arithmetic of the machine, comes out smaller than a.
bool wraps(Bytes a, Bytes b, Architecture arch) {
  const Bytes largest = largest_address(arch);
  return a > largest || b > largest - a;
}

std::size_t class_of(const DocumentedTable& table, Bytes need) {
  const auto found = smallest_class_holding(table.classes, need);
  HEAPLAW_CHECK(found, "no class of table {} holds {} bytes", table.name, need);
  return *found;
}

// The largest request that is not large: before 1.22 the largest class, then less a header, for
// objects without pointers too.
Bytes largest_small_request(const ReleaseFacts& facts) {
  const Bytes max_small = facts.size_classes.max_small_size;
  return facts.malloc_header ? max_small - header_size : max_small;
}

Bytes header_of(Bytes request, ObjectKind kind, Architecture arch, const ReleaseFacts& facts) {
  const bool has_header =
      facts.malloc_header && kind == ObjectKind::scan && request > heap_bitmap_limit(arch);
  return has_header ? header_size : 0_B;
}

Landing land_large(Bytes request, Architecture arch, const ReleaseFacts& facts) {
  const Bytes page = facts.size_classes.page_size;
  const Pages pages = pages_covering(request, page);
  // Go 1.0 to 1.2 do not check; what they then ask the system for is refused there only if it can
  // be said at all.
  const bool refused = !facts.large_checks_overflow ? pages.raw() > largest_address(arch) / page
                                                    : wraps(request, page, arch);
  if (refused) return {.place = LandingPlace::out_of_memory};
  const Bytes slot = bytes_of(pages, page);
  return {.place = LandingPlace::large, .slot = slot, .usable = slot, .pages = pages};
}

}  // namespace

Bytes heap_bitmap_limit(Architecture arch) {
  constexpr std::uint64_t bits_per_byte = 8;
  return pointer_size(arch) * (pointer_size(arch).raw() * bits_per_byte);
}

bool is_tiny(Bytes request, ObjectKind kind, const ReleaseFacts& facts) {
  return facts.tiny != TinyRule::absent && kind == ObjectKind::noscan && request > 0_B &&
         request < tiny_block;
}

Landing land(Bytes request, ObjectKind kind, Architecture arch, const ReleaseFacts& facts) {
  return land(request, kind, arch, facts, documented_table_with(facts.size_classes));
}

Landing land(Bytes request, ObjectKind kind, Architecture arch, const ReleaseFacts& facts,
             const DocumentedTable& table) {
  if (request == 0_B && facts.zero_size_is_shared) return {};
  if (request == 0_B) request = 1_B;  // Go 1.0 and 1.1
  if (request > largest_small_request(facts)) return land_large(request, arch, facts);

  const bool tiny = is_tiny(request, kind, facts);
  const Bytes header = header_of(request, kind, arch, facts);
  const std::size_t number = class_of(table, tiny ? tiny_block : request + header);
  const SizeClass& size_class = table.classes[number];
  return {.place = tiny ? LandingPlace::tiny : LandingPlace::small,
          .class_number = number,
          .slot = size_class.size,
          .header = header,
          .usable = tiny ? request : size_class.size - header,
          .pages = size_class.pages};
}

Bytes span_reserve(const SizeClass& size_class, ObjectKind kind, Architecture arch,
                   const ReleaseFacts& facts) {
  constexpr std::uint64_t bits_per_byte = 8;
  if (size_class.size > heap_bitmap_limit(arch)) return 0_B;
  const Bytes span = bytes_of(size_class.pages, facts.size_classes.page_size);
  Bytes reserve;
  if (facts.heap_bitmap_in_span && kind == ObjectKind::scan) {
    reserve += Bytes{span / pointer_size(arch) / bits_per_byte};
  }
  if (facts.inline_marks && size_class.size >= tiny_block) reserve += inline_mark_size;
  return reserve;
}

std::uint64_t objects_per_span(const SizeClass& size_class, ObjectKind kind, Architecture arch,
                               const ReleaseFacts& facts) {
  HEAPLAW_CHECK(size_class.size > 0_B, "class 0 has no slots");
  const Bytes span = bytes_of(size_class.pages, facts.size_classes.page_size);
  const Bytes end = span - span_reserve(size_class, kind, arch, facts);
  std::uint64_t objects = 0;
  for (Bytes slot_end = size_class.size; slot_end <= end; slot_end += size_class.size) ++objects;
  return objects;
}

std::optional<Bytes> round_up_size(Bytes request, ObjectKind kind, Architecture arch,
                                   const ReleaseFacts& facts) {
  if (facts.round_up == RoundUpRule::absent) return std::nullopt;

  const DocumentedTable& table = documented_table_with(facts.size_classes);
  const bool with_header = facts.round_up == RoundUpRule::with_header;
  const Bytes max_small = facts.size_classes.max_small_size;
  if (with_header ? request <= max_small - header_size : request < max_small) {
    // Never asked for by a real caller: before Go 1.8 the lookup's entry for 0 bytes is class 1.
    if (request == 0_B && facts.lookup_fill == LookupFill::walk) return table.classes[1].size;
    const Bytes header = with_header ? header_of(request, kind, arch, facts) : 0_B;
    return table.classes[class_of(table, request + header)].size - header;
  }
  const Bytes page = facts.size_classes.page_size;
  if (wraps(request, with_header ? page - 1_B : page, arch)) return request;
  return bytes_of(pages_covering(request, page), page);
}

namespace {

Bytes tiny_alignment(Bytes request, Architecture arch, const ReleaseFacts& facts) {
  if (request % 8_B == 0_B) return 8_B;
  if (request == 12_B && arch == Architecture::bits32 && facts.tiny_aligns_12_to_8) return 8_B;
  if (request % 4_B == 0_B) return 4_B;
  if (request % 2_B == 0_B) return 2_B;
  return 1_B;
}

}  // namespace

std::vector<TinyPlacement> place_tiny(std::span<const Bytes> requests, Architecture arch,
                                      const ReleaseFacts& facts) {
  struct Block {
    std::size_t number;
    Bytes used;
  };
  std::optional<Block> current;
  std::size_t blocks = 0;
  std::vector<TinyPlacement> placements;
  for (const Bytes request : requests) {
    HEAPLAW_CHECK(is_tiny(request, ObjectKind::noscan, facts), "{} bytes are not tiny", request);
    if (current) {
      const Bytes offset = align_up(current->used, tiny_alignment(request, arch, facts));
      if (offset + request <= tiny_block) {
        current->used = offset + request;
        placements.push_back({.block = current->number, .offset = offset});
        continue;
      }
    }
    const Block fresh{.number = blocks++, .used = request};
    placements.push_back({.new_block = true, .block = fresh.number});
    const bool has_more_room = !current || fresh.used < current->used;
    if (has_more_room && facts.tiny != TinyRule::forget) current = fresh;
  }
  return placements;
}

}  // namespace heaplaw::oracle

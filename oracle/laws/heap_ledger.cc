#include "oracle/laws/heap_ledger.h"

namespace heaplaw::oracle {

void HeapLedger::follow(const Operation& operation, const Observation& observation) {
  if (!failed()) previous = last;
  last = operation;
  answer = observation.answer;
  if (failed()) return;
  if (operation.kind == OperationKind::gc_percent) gc_percent = operation.value;
  if (operation.kind == OperationKind::memory_limit) memory_limit = operation.value;
  reserve_faults += operation == Operation::os_fault(OsFault::reserve);
  if (operation.kind == OperationKind::drop) {
    // Nothing to erase where the allocation was refused or asked for nothing.
    if (const auto object = objects.erase(operation.handle)) {
      live_bytes -= object->size;
      tiny_live -= is_tiny(*object);
    }
  }
  if (operation.kind != OperationKind::alloc || observation.address == Address{}) return;
  if (operation.value == 0) return;  // all empty objects lie at one common address
  const LiveObject object{.handle = operation.handle,
                          .address = observation.address,
                          .size = operation.value & ~(std::uint64_t{1} << 63U),
                          .scan = operation.object == ObjectKind::scan};
  objects.insert(object);
  ++mallocs;
  live_bytes += object.size;
  tiny_live += is_tiny(object);
}

}  // namespace heaplaw::oracle

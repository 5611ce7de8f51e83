package main

import (
	"runtime"
	"runtime/debug"
	"strconv"
)

var taken int // snapshots

func readMemStats() {
	runtime.ReadMemStats(&stats[taken])
	taken++
}

// perform executes the trace. From here to its end nothing may be allocated but what it asks for.
func perform() {
	for i := range operations {
		op := &operations[i]
		switch op.kind {
		case opAlloc:
			op.address = allocate(objects.slots[op.slot], int(op.value), op.scan)
		case opDrop:
			*objects.slots[op.slot] = nil
		case opGC:
			collect()
		case opReadMemStats:
			readMemStats()
		case opFreeOSMemory:
			collect()
			debug.FreeOSMemory()
			settle()
		case opGCPercent:
			percent := int(op.value)
			if op.off {
				percent = -1
			}
			debug.SetGCPercent(percent)
		case opMemoryLimit:
			limit := op.value
			if op.off {
				limit = int64Max
			}
			setMemoryLimit(limit)
		case opStackGrow:
			if op.value == stackMin {
				holders[op.slot].begin(stackMin)
			} else {
				holders[op.slot].grow(int(op.value))
			}
		case opStackFree:
			holders[op.slot].end()
		}
	}
}

// checkUndisturbed compares the objects that were counted with those that the trace asked for.
func checkUndisturbed() {
	asked, snapshot := uint64(0), 1
	for i := range operations {
		op := &operations[i]
		if op.kind == opAlloc && op.value != 0 {
			asked++
		}
		if op.kind != opReadMemStats {
			continue
		}
		counted := stats[snapshot].Mallocs - stats[0].Mallocs
		if counted != asked {
			fail(exitDisturbed, "the runtime allocated "+strconv.FormatUint(counted-asked, 10)+
				" objects of its own before operation "+strconv.Itoa(i))
		}
		snapshot++
	}
}

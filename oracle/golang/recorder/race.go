package main

import (
	"os"
	"runtime"
	"strconv"
	"syscall"
	"time"
)

// race executes the trace and nothing else, under the settings that it finds, and writes how many
// nanoseconds that took, by the clock on the wall and in the processor, and how many collections there
// were.
func race() {
	readTrace()
	objects = newKeeper(objectSlots)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	cpuBegun := cpuTime()
	begun := time.Now()
	for i := range operations {
		op := &operations[i]
		switch op.kind {
		case opAlloc:
			allocate(objects.slots[op.slot], int(op.value), op.scan)
		case opDrop:
			*objects.slots[op.slot] = nil
		default:
			fail(exitImpossible, "a race consists of alloc and drop")
		}
	}
	elapsed := time.Since(begun)
	cpu := cpuTime() - cpuBegun
	runtime.ReadMemStats(&after)
	os.Stdout.WriteString(strconv.FormatInt(elapsed.Nanoseconds(), 10) + " " +
		strconv.FormatInt(cpu, 10) + " " +
		strconv.FormatUint(uint64(after.NumGC-before.NumGC), 10) + "\n")
}

// cpuTime is what all threads of the process have used, in nanoseconds.
func cpuTime() int64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		fail(exitImpossible, "no processor time: "+err.Error())
	}
	return used.Utime.Nano() + used.Stime.Nano()
}

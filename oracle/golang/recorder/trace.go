package main

import (
	"io/ioutil"
	"os"
	"strconv"
	"strings"
	"unsafe"
)

type kind uint8

const (
	opAlloc kind = iota
	opDrop
	opGC
	opReadMemStats
	opFreeOSMemory
	opGCPercent
	opMemoryLimit
	opStackGrow
	opStackFree
)

var kinds = map[string]kind{
	"alloc":          opAlloc,
	"drop":           opDrop,
	"gc":             opGC,
	"read-memstats":  opReadMemStats,
	"free-os-memory": opFreeOSMemory,
	"gc-percent":     opGCPercent,
	"memory-limit":   opMemoryLimit,
	"stack-grow":     opStackGrow,
	"stack-free":     opStackFree,
}

// An operation lives outside the heap.
type operation struct {
	kind    kind
	scan    bool
	off     bool   // of a setting
	slot    uint32 // of the object or goroutine
	name    uint64 // which the trace gave it
	value   uint64
	address uintptr // once it was performed
}

// The whole trace, filled by readTrace.
var (
	operations  []operation
	objectSlots int
	goroutines  int
	snapshots   int
)

const (
	// Goroutines of a trace that live at a time. Each may need a record of the runtime while it waits,
	// and the P's cache of these has room for 128.
	goroutinesMax = 64
	objectMax     = 1 << 40
	int64Max      = 1<<63 - 1
)

// names gives out slots, using those of the dead again, lowest number last given back first.
type names struct {
	live map[uint64]uint32
	free []uint32
	used uint32
}

func (n *names) take(name uint64) (uint32, bool) {
	if _, lives := n.live[name]; lives {
		return 0, false
	}
	slot := n.used
	if last := len(n.free) - 1; last >= 0 {
		slot, n.free = n.free[last], n.free[:last]
	} else {
		n.used++
	}
	n.live[name] = slot
	return slot, true
}

func (n *names) drop(name uint64) (uint32, bool) {
	slot, lives := n.live[name]
	if lives {
		delete(n.live, name)
		n.free = append(n.free, slot)
	}
	return slot, lives
}

// A reader takes one line's words after the other.
type reader struct {
	line    int
	words   []string
	objects names
	stacks  names
	sizes   map[uint64]uint64 // of the goroutines' stacks
}

func readTrace() {
	text, err := ioutil.ReadAll(os.Stdin)
	if err != nil {
		fail(exitImpossible, err.Error())
	}
	lines := strings.Split(string(text), "\n")
	bytes := len(lines) * int(unsafe.Sizeof(operation{}))
	operations = (*[1 << 32]operation)(offHeap(bytes))[:0:len(lines)]
	r := &reader{
		objects: names{live: map[uint64]uint32{}},
		stacks:  names{live: map[uint64]uint32{}},
		sizes:   map[uint64]uint64{},
	}
	headed := false
	for _, line := range lines {
		r.line++
		if comment := strings.IndexByte(line, '#'); comment >= 0 {
			line = line[:comment]
		}
		r.words = strings.Fields(line)
		switch {
		case len(r.words) == 0:
		case !headed:
			r.expect(strings.Join(r.words, " ") == "heaplaw-trace 1", "the header 'heaplaw-trace 1'")
			headed = true
		case r.words[0] == "release" && len(operations) == 0:
		case r.words[0] == "procs" && len(operations) == 0:
			r.expect(len(r.words) == 2 && r.words[1] == "1", "one P")
		default:
			operations = append(operations, r.operation())
		}
	}
	r.expect(headed, "the header 'heaplaw-trace 1'")
	r.expect(r.objects.used <= 1<<28, "at most 268435456 objects that live at a time")
	objectSlots, goroutines = int(r.objects.used), int(r.stacks.used)
}

func (r *reader) expect(holds bool, what string) {
	if !holds {
		fail(exitImpossible, "trace:"+strconv.Itoa(r.line)+": expected "+what)
	}
}

func (r *reader) word() string {
	r.expect(len(r.words) > 0, "another word")
	word := r.words[0]
	r.words = r.words[1:]
	return word
}

func (r *reader) number(max uint64) uint64 {
	n, err := strconv.ParseUint(r.word(), 10, 64)
	r.expect(err == nil && n <= max, "a number up to "+strconv.FormatUint(max, 10))
	return n
}

// setting reads a number or "off".
func (r *reader) setting(op *operation, max uint64) {
	if len(r.words) > 0 && r.words[0] == "off" {
		r.word()
		op.off = true
		return
	}
	op.value = r.number(max)
}

func (r *reader) operation() operation {
	kind, known := kinds[r.word()]
	r.expect(known, "an operation that a real process can perform")
	op := operation{kind: kind}
	switch kind {
	case opAlloc:
		r.alloc(&op)
	case opDrop:
		op.name = r.number(1<<64 - 1)
		slot, lives := r.objects.drop(op.name)
		r.expect(lives, "the name of a live object")
		op.slot = slot
	case opReadMemStats:
		snapshots++
	case opGCPercent:
		r.setting(&op, 1<<31-1)
	case opMemoryLimit:
		r.expect(setMemoryLimit != nil, "no memory-limit: this release has none")
		r.setting(&op, int64Max)
	case opStackGrow:
		r.stackGrow(&op)
	case opStackFree:
		r.stackFree(&op)
	}
	r.expect(len(r.words) == 0, "the end of the line")
	return op
}

func (r *reader) alloc(op *operation) {
	op.name = r.number(1<<64 - 1)
	op.value = r.number(objectMax)
	object := r.word()
	r.expect(object == "scan" || object == "noscan", "scan or noscan")
	op.scan = object == "scan"
	r.expect(!op.scan || op.value%wordBytes == 0, "a multiple of 8 bytes, as every Go type with pointers has")
	slot, free := r.objects.take(op.name)
	r.expect(free, "a name that no live object has")
	op.slot = slot
}

func (r *reader) stackGrow(op *operation) {
	op.name = r.number(1<<64 - 1)
	op.value = r.number(stackMax)
	if had, lives := r.sizes[op.name]; lives {
		r.expect(op.value > had && op.value&(op.value-1) == 0, "a larger power of two: a stack grows by doubling")
		op.slot = r.stacks.live[op.name]
	} else {
		r.expect(op.value == stackMin, "2048: a goroutine begins with so much")
		slot, _ := r.stacks.take(op.name)
		r.expect(r.stacks.used <= goroutinesMax, "at most 64 goroutines that live at a time")
		op.slot = slot
	}
	r.sizes[op.name] = op.value
}

func (r *reader) stackFree(op *operation) {
	op.name = r.number(1<<64 - 1)
	slot, lives := r.stacks.drop(op.name)
	r.expect(lives, "the name of a live goroutine")
	r.expect(r.sizes[op.name] > stackMin, "a stack that has grown: the runtime keeps one of 2048 bytes for the next goroutine")
	delete(r.sizes, op.name)
	op.slot = slot
}

package main

import (
	"strconv"
	"syscall"
	"unsafe"
)

// offHeap returns zeroed memory that the garbage collector knows nothing of. It is never given back.
func offHeap(bytes int) unsafe.Pointer {
	if bytes == 0 {
		bytes = 1
	}
	memory, err := syscall.Mmap(-1, 0, bytes, syscall.PROT_READ|syscall.PROT_WRITE,
		syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		fail(exitImpossible, "no memory for "+strconv.Itoa(bytes)+" bytes beside the heap: "+err.Error())
	}
	return unsafe.Pointer(&memory[0])
}

// A node keeps objects alive. Its link comes first, so that marking a long list of nodes has only a
// few objects at hand at any time and needs a single span of work buffers.
type node struct {
	next  *node
	slots [nodeSlots]unsafe.Pointer
}

const nodeSlots = 15

// A keeper is a list of nodes and, outside the heap, the addresses of all of their slots.
type keeper struct {
	first *node
	slots []*unsafe.Pointer
}

func newKeeper(slots int) *keeper {
	k := &keeper{slots: (*[1 << 32]*unsafe.Pointer)(offHeap(8 * (slots + nodeSlots)))[: 0 : slots+nodeSlots]}
	for len(k.slots) < slots {
		n := &node{next: k.first}
		k.first = n
		for i := range n.slots {
			k.slots = append(k.slots, &n.slots[i])
		}
	}
	return k
}

// allocate makes slot refer to a new object of exactly so many bytes and returns its address; 0 for
// an object of no bytes. No copy of the pointer stays behind on the stack.
//
//go:noinline
func allocate(slot *unsafe.Pointer, bytes int, scan bool) uintptr {
	if bytes == 0 {
		return 0
	}
	if scan {
		words := make([]*byte, bytes/wordBytes)
		*slot = unsafe.Pointer(&words[0])
	} else {
		object := make([]byte, bytes)
		*slot = unsafe.Pointer(&object[0])
	}
	return uintptr(*slot)
}

const wordBytes = 8

package main

import (
	"unsafe"
)

// A stack's size follows from the largest frame on it. Each of these frames needs a stack of just
// its size, and more than a quarter of it, or a collection would halve the stack.

const (
	stackMin = 2 << 10
	stackMax = 256 << 10
)

// A holder is a goroutine that holds a stack of the size that it was told last.
type holder struct {
	start  func()
	resume chan int  // bytes of its next stack; 0: end
	parked chan bool // it has the stack and waits
	stays  bool      // for ever, with its first stack: it then waits without a record of the runtime
	bytes  int
	frame  uintptr // address of its frame
}

func newHolder() *holder {
	h := &holder{resume: make(chan int), parked: make(chan bool)}
	// A function value without arguments can be started without an allocation.
	h.start = h.live
	return h
}

// begin starts the goroutine and returns once it has a stack of bytes.
func (h *holder) begin(bytes int) {
	h.bytes = bytes
	go h.start()
	<-h.parked
}

func (h *holder) grow(bytes int) {
	h.resume <- bytes
	<-h.parked
}

// end returns when the goroutine is gone: after its last word to us nothing stops it.
func (h *holder) end() { h.grow(0) }

func (h *holder) live() {
	for h.bytes != 0 {
		frames[log2(h.bytes)](h)
	}
	h.parked <- true
}

//go:noinline
func (h *holder) wait(frame *byte) {
	h.frame = uintptr(unsafe.Pointer(frame))
	h.parked <- true
	if h.stays {
		select {}
	}
	h.bytes = <-h.resume
}

var frames = [...]func(h *holder){
	11: hold2K, 12: hold4K, 13: hold8K, 14: hold16K, 15: hold32K, 16: hold64K, 17: hold128K, 18: hold256K,
}

//go:noinline
func hold2K(h *holder) { var pad [8]byte; h.wait(&pad[h.bytes%8]) }

//go:noinline
func hold4K(h *holder) { var pad [1400]byte; h.wait(&pad[h.bytes%8]) }

//go:noinline
func hold8K(h *holder) { var pad [4000]byte; h.wait(&pad[h.bytes%8]) }

//go:noinline
func hold16K(h *holder) { var pad [9000]byte; h.wait(&pad[h.bytes%8]) }

//go:noinline
func hold32K(h *holder) { var pad [18000]byte; h.wait(&pad[h.bytes%8]) }

//go:noinline
func hold64K(h *holder) { var pad [36000]byte; h.wait(&pad[h.bytes%8]) }

//go:noinline
func hold128K(h *holder) { var pad [72000]byte; h.wait(&pad[h.bytes%8]) }

// Newer compilers move single variables above 128 KiB to the heap.
//
//go:noinline
func hold256K(h *holder) {
	var pad, more [72000]byte
	more[h.bytes%8] = 1
	h.wait(&pad[h.bytes%8+int(more[0])])
}

func log2(n int) int {
	log := 0
	for n > 1 {
		n >>= 1
		log++
	}
	return log
}

// onSteadyStack runs f on a stack of 32 KiB of which so much is in use that no collection halves it.
//
//go:noinline
func onSteadyStack(f func()) {
	var pad [20000]byte
	f()
	steady(&pad[len(operations)%8])
}

//go:noinline
func steady(*byte) {}

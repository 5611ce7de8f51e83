package main

import (
	"runtime"
	"runtime/debug"
	"syscall"
	"time"
)

const (
	// More than emptying the stack pools takes of them, and those of a trace.
	warmGoroutines = 16 * goroutinesMax
	warmThreads    = 6
	warmTimers     = 32
	// The scavenger's first steps take a millisecond each.
	scavengerStarts = 30 * time.Millisecond
)

// warmUp has the runtime allocate what it allocates once and keeps: threads that idle, dead goroutines,
// records for waiting ones, room in the list of timers, the collector's and the scavenger's own.
func warmUp() {
	warmUpThreads()
	warmUpTimers()
	for i := 0; i < 3; i++ {
		debug.FreeOSMemory()
		time.Sleep(scavengerStarts / 3)
	}
	warmUpGoroutines()
	collect()
	collect()
}

// warmUpThreads blocks goroutines in the kernel, each with a thread of its own.
func warmUpThreads() {
	var pipe [2]int
	if err := syscall.Pipe(pipe[:]); err != nil {
		fail(exitImpossible, "no pipe: "+err.Error())
	}
	done := make(chan bool)
	for i := 0; i < warmThreads; i++ {
		go func() {
			var pad [4000]byte // more than a first stack: see warmUpGoroutines
			syscall.Read(pipe[0], pad[:1])
			done <- true
		}()
	}
	time.Sleep(scavengerStarts)
	syscall.Write(pipe[1], make([]byte, warmThreads))
	for i := 0; i < warmThreads; i++ {
		<-done
	}
	syscall.Close(pipe[0])
	syscall.Close(pipe[1])
}

func warmUpTimers() {
	timers := make([]*time.Timer, warmTimers)
	for i := range timers {
		timers[i] = time.AfterFunc(time.Hour, func() {})
	}
	for _, t := range timers {
		t.Stop()
	}
}

// warmUpGoroutines leaves dead goroutines behind for later ones. They end with stacks that have
// grown, since a dead goroutine keeps one that has not.
func warmUpGoroutines() {
	holders := make([]*holder, warmGoroutines)
	for i := range holders {
		holders[i] = newHolder()
		holders[i].begin(2 * stackMin)
	}
	for _, h := range holders {
		h.end()
	}
}

// settleYields is more than the turns that the background sweeper needs once the sweep is over.
const settleYields = 64

// settle lets the background sweeper notice that the sweep is over and give back the work buffers.
func settle() {
	for i := 0; i < settleYields; i++ {
		runtime.Gosched()
	}
}

func collect() {
	runtime.GC()
	settle()
}

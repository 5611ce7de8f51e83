// Recorder executes a trace of heap operations in this process and writes what the Go runtime that
// it was built with did: the address of every object and runtime.MemStats at every snapshot.
//
//	GOMAXPROCS=1 GOGC=off GODEBUG=adaptivestackstart=0,asyncpreemptoff=1 recorder <TRACE >RECORDING
//
// A heap repeats itself only where nobody else uses it and where its beginning is known. So the
// recorder first has the runtime make what it would otherwise make later (warm.go), then brings the
// heap into a known state (calibrate.go), and keeps everything that it needs from then on outside
// the heap. With -race it executes a trace as fast as it can instead (race.go). Exit status: 0 recorded, 2 it cannot be done here, 3 the runtime disturbed this run.
package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
)

const (
	exitImpossible = 2
	exitDisturbed  = 3
)

// settings is all of GODEBUG that a recording may be made under: stacks that start at 2 KiB
// whatever goroutines used before, and goroutines that a busy machine does not stop anywhere, with
// deeper stacks. Releases before 1.19 and 1.14 do not know them.
const settings = "adaptivestackstart=0,asyncpreemptoff=1"

func init() {
	// Before anything of size is allocated: samples would be objects that no trace asked for.
	runtime.MemProfileRate = 0
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "-race" {
		race()
		return
	}
	if len(os.Args) != 1 {
		fail(exitImpossible, "usage: recorder [-race] <TRACE >RECORDING")
	}
	checkSurroundings()
	readTrace()
	var recorded calibration
	onSteadyStack(func() {
		warmUp()
		recorded.run()
		perform()
	})
	checkUndisturbed()
	write(&recorded)
}

func checkSurroundings() {
	if n := runtime.GOMAXPROCS(0); n != 1 {
		fail(exitImpossible, "GOMAXPROCS is "+strconv.Itoa(n)+", not 1")
	}
	if percent := debug.SetGCPercent(-1); percent != -1 {
		fail(exitImpossible, "GOGC is "+strconv.Itoa(percent)+", not off")
	}
	if s := os.Getenv("GODEBUG"); s != "" && s != settings {
		fail(exitImpossible, "GODEBUG is "+strconv.Quote(s)+", not "+strconv.Quote(settings))
	}
	if s := os.Getenv("GOMEMLIMIT"); s != "" {
		fail(exitImpossible, "GOMEMLIMIT is "+strconv.Quote(s)+", not unset")
	}
	if runtime.MemProfileRate != 0 {
		fail(exitImpossible, "the memory profiler is on")
	}
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		fail(exitImpossible, "this is "+runtime.GOOS+" on "+runtime.GOARCH+", not linux on amd64")
	}
}

func fail(status int, message string) {
	os.Stderr.WriteString("recorder: " + message + "\n")
	os.Exit(status)
}

package main

import (
	"runtime"
	"strconv"
	"unsafe"
)

const (
	pageBytes   = 8 << 10
	blockPages  = 64      // of the heap, as the P's cache holds it
	chunkBytes  = 4 << 20 // the heap grows by as much, from 1.14 on
	regionBytes = 256 << 20
	keptMax     = 1 << 17

	// So much is in use that the tenth by which a heap may exceed what was in use at the last
	// collection is never exceeded: the background scavenger, whose steps follow the clock, stays idle.
	// Nobody writes to it, so that it takes address space only.
	ballastBytes  = 8 << 30
	ballastPieces = 8
)

type syncObject struct {
	bytes   int
	scan    bool
	address uintptr
}

// A calibration is the state from which a trace begins: below the region nothing is free, in it
// everything but the sync objects and what their spans leave.
type calibration struct {
	region uintptr
	kept   int
	syncs  []syncObject
	keeper *keeper
}

// What the trace's operations use; made before calibration.
var (
	objects *keeper
	holders []*holder
	stats   []runtime.MemStats
	sizes   []int // whoever is garbage when the trace begins would be missed at its first collection
)

func (c *calibration) run() {
	objects = newKeeper(objectSlots)
	for i := 0; i < goroutines; i++ {
		holders = append(holders, newHolder())
	}
	stats = (*[1 << 20]runtime.MemStats)(offHeap((snapshots + 1) * int(unsafe.Sizeof(runtime.MemStats{}))))[: snapshots+1 : snapshots+1]
	c.keeper = newKeeper(keptMax)
	c.syncs = make([]syncObject, 0, 2*256)
	sizes = calibratedSizes()

	for i := 0; i < ballastPieces; i++ {
		c.keep(ballastBytes/ballastPieces, false)
	}
	if goroutines > 0 {
		exhaustStackPools()
	}
	c.fillHeap()
	c.makeRegion()
	c.fillBelow()
	for _, bytes := range sizes {
		if bytes > pageBytes/1024 {
			c.sync(bytes, false)
		}
		c.sync(bytes, true)
	}
	readMemStats()
}

// keep allocates an object that lives for ever.
func (c *calibration) keep(bytes int, scan bool) uintptr {
	if c.kept == len(c.keeper.slots) {
		fail(exitImpossible, "calibration: "+strconv.Itoa(c.kept)+" objects do not fill the heap below the region")
	}
	slot := c.keeper.slots[c.kept]
	c.kept++
	return allocate(slot, bytes, scan)
}

// fillHeap takes all that is free, so that the heap has just grown: by whole chunks, then by pages up to
// the last chunk's end. Behind that only the P's cache of 64 pages is partly free; a collection finds
// room for its work buffers there, and need not grow the heap.
func (c *calibration) fillHeap() {
	last := uintptr(0)
	for before := pagesMapped(); pagesMapped() < before+chunkBytes; {
		last = c.keep(chunkBytes, false)
	}
	for {
		address := c.keep(pageBytes, false)
		if address > last && address%chunkBytes == 0 {
			break
		}
	}
	// The page for which the heap grew did not come through the cache; this one fills it.
	c.keep(pageBytes, false)
	// Regions begin anywhere in a block of 64 pages, since what a cache holds of them matters.
	c.keep(pageBytes*(blockPages+len(operations)%blockPages), false)
}

func pagesMapped() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapSys + m.StackInuse
}

// makeRegion finds free address space for the trace: where an object of its size was and, up to the
// heap's end, behind it. Both are freed, so that all of it is free alike.
func (c *calibration) makeRegion() {
	var region, tail unsafe.Pointer
	c.region = allocate(&region, regionBytes, false)
	end := (c.region+chunkBytes-1)/chunkBytes*chunkBytes + regionBytes
	if behind := c.region + regionBytes; behind < end {
		if address := allocate(&tail, int(end-behind), false); address != behind {
			fail(exitDisturbed, "calibration: behind the region is no free tail of the heap")
		}
	}
	region, tail = nil, nil
	collect()
	collect()
}

// fillBelow takes every page below the region, until the first page of it is taken.
func (c *calibration) fillBelow() {
	for {
		address := c.keep(pageBytes, false)
		if address >= c.region {
			c.syncs = append(c.syncs, syncObject{pageBytes, false, address})
			return
		}
	}
}

// sync fills the spans that a class has below the region, until it has one in the region.
func (c *calibration) sync(bytes int, scan bool) {
	if bytes == pageBytes && !scan {
		return
	}
	for {
		address := c.keep(bytes, scan)
		if address >= c.region {
			c.syncs = append(c.syncs, syncObject{bytes, scan, address})
			return
		}
	}
}

// calibratedSizes lists a size for each class: those that MemStats tells, and the few above.
// From 1.22 on objects with pointers above 512 bytes have a header of 8, so that 8 bytes less than a class's
// size is in that class in all releases.
func calibratedSizes() []int {
	const headerFrom = 512
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	var sizes []int
	last := 0
	for _, class := range m.BySize {
		if class.Size != 0 {
			last = int(class.Size)
			sizes = append(sizes, last)
		}
	}
	for _, size := range []int{18432, 19072, 20480, 21248, 21760, 24576, 24832, 27264, 28416, 28672, 32768} {
		if size > last {
			sizes = append(sizes, size)
		}
	}
	for i, size := range sizes {
		if size > headerFrom && size != pageBytes {
			sizes[i] = size - 8
		}
	}
	return sizes
}

// exhaustStackPools takes every stack that the runtime has at hand, largest first, since growing to
// a large stack gives a small one back.
func exhaustStackPools() {
	const poolSpanBytes = 32 << 10
	for bytes := poolSpanBytes / 2; bytes >= stackMin; bytes /= 2 {
		exhaustStackPool(bytes, poolSpanBytes/bytes)
	}
}

// A pool that is empty takes a new span and hands out its upper half first, each half ascending. Where
// all slots of a span were seen to come like that, none is left at all. They never do as long as halves
// are made of two spans' slots; a snapshot gives the rest of a half back and so moves the borders.
func exhaustStackPool(bytes, slots int) {
	const triesMax = 2048
	half := slots / 2
	var m runtime.MemStats
	var seen []uintptr
	for tries := 0; tries < triesMax; tries++ {
		if len(seen) == 2*slots+1 {
			runtime.ReadMemStats(&m)
			seen = seen[:0]
		}
		h := newHolder()
		h.stays = true
		h.begin(bytes)
		seen = append(seen, h.frame)
		if len(seen) >= slots && isFreshSpan(seen[len(seen)-slots:], half, bytes) {
			return
		}
	}
	fail(exitImpossible, "calibration: "+strconv.Itoa(triesMax)+" stacks of "+strconv.Itoa(bytes)+" bytes do not empty the pool")
}

func isFreshSpan(frames []uintptr, half, bytes int) bool {
	base := frames[half]
	for i, frame := range frames {
		if frame != base+uintptr((i+half)%len(frames)*bytes) {
			return false
		}
	}
	return true
}

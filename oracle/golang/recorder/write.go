package main

import (
	"os"
	"reflect"
	"runtime"
	"strconv"
	"strings"
)

var operationNames = func() (names [opStackFree + 1]string) {
	for name, kind := range kinds {
		names[kind] = name
	}
	return
}()

// In the order of the format. Fields that this release has not are left out.
var fields = strings.Fields(`Alloc TotalAlloc Sys Mallocs Frees HeapAlloc HeapSys HeapIdle HeapInuse
	HeapReleased HeapObjects StackInuse StackSys MSpanInuse MSpanSys MCacheInuse MCacheSys BuckHashSys
	GCSys OtherSys NextGC LastGC PauseTotalNs NumGC NumForcedGC`)

// A writer appends text; the trace is over, so that it may use the heap.
type writer struct{ text []byte }

func (w *writer) word(s string)     { w.text = append(append(w.text, ' '), s...) }
func (w *writer) number(n uint64)   { w.text = strconv.AppendUint(append(w.text, ' '), n, 10) }
func (w *writer) address(a uintptr) { w.word("0x" + strconv.FormatUint(uint64(a), 16)) }
func (w *writer) begin(s string)    { w.text = append(w.text, s...) }
func (w *writer) end()              { w.text = append(w.text, '\n') }

func (w *writer) kind(scan bool) {
	if scan {
		w.word("scan")
	} else {
		w.word("noscan")
	}
}

func write(c *calibration) {
	w := &writer{}
	w.header(c)
	w.stats(&stats[0])
	snapshot := 1
	for i := range operations {
		if operations[i].kind == opReadMemStats {
			w.stats(&stats[snapshot])
			snapshot++
		} else {
			w.operation(&operations[i])
		}
	}
	for text := w.text; len(text) > 0; {
		n, err := os.Stdout.Write(text)
		if err != nil {
			fail(exitImpossible, err.Error())
		}
		text = text[n:]
	}
}

func (w *writer) header(c *calibration) {
	w.begin("heaplaw-recording 1\nruntime")
	w.word(strings.Fields(runtime.Version())[0])
	w.word(runtime.GOOS)
	w.word(runtime.GOARCH)
	w.begin("\nregion")
	w.address(c.region)
	w.number(regionBytes)
	w.begin("\nkept")
	w.number(uint64(c.kept))
	w.end()
	for _, s := range c.syncs {
		w.begin("sync")
		w.number(uint64(s.bytes))
		w.kind(s.scan)
		w.address(s.address)
		w.end()
	}
}

func (w *writer) operation(op *operation) {
	w.begin(operationNames[op.kind])
	switch op.kind {
	case opAlloc:
		w.number(op.name)
		w.number(op.value)
		w.kind(op.scan)
		if op.address != 0 {
			w.address(op.address)
		}
	case opDrop, opStackFree:
		w.number(op.name)
	case opStackGrow:
		w.number(op.name)
		w.number(op.value)
	case opGCPercent, opMemoryLimit:
		if op.off {
			w.word("off")
		} else {
			w.number(op.value)
		}
	}
	w.end()
}

func (w *writer) stats(m *runtime.MemStats) {
	w.begin("memstats")
	values := reflect.ValueOf(m).Elem()
	for _, name := range fields {
		value := values.FieldByName(name)
		if !value.IsValid() || name == "LastGC" || name == "PauseTotalNs" {
			continue
		}
		w.begin(" " + name + "=")
		w.text = strconv.AppendUint(w.text, value.Uint(), 10)
	}
	separator := " BySize="
	for _, class := range m.BySize {
		w.begin(separator + strconv.FormatUint(uint64(class.Size), 10) + ":" +
			strconv.FormatUint(class.Mallocs, 10) + ":" + strconv.FormatUint(class.Frees, 10))
		separator = ","
	}
	w.end()
}

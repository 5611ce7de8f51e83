// Prints what this very program knows of its memory, in the format that its argument names; with
// "trace" nothing, since GODEBUG prints on standard error by itself. For every Go from 1.16 on.
package main

import (
	"bufio"
	"encoding/json"
	"expvar"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"runtime/pprof"
)

type node struct {
	next *node
	data []byte
}

var kept *node

// Small, tiny and large objects, most of them dropped, some by a collection.
func work(rounds int) {
	for i := 0; i < rounds; i++ {
		n := &node{data: make([]byte, 1+i*37%5000)}
		if i%3 == 0 {
			n.next = kept
			kept = n
		}
		if i%1000 == 0 {
			n.data = make([]byte, 100_000+i)
		}
		if i%10_000 == 0 {
			kept = nil
		}
	}
}

func stats() runtime.MemStats {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m
}

func values(out *bufio.Writer, verb string) {
	for i := 0; i < 3; i++ {
		m := stats()
		fmt.Fprintf(out, verb+"\n", m)
		fmt.Fprintf(out, verb+"\n", &m)
		work(20_000)
	}
}

func metricLines(out *bufio.Writer) {
	for i := 0; i < 2; i++ {
		var samples []metrics.Sample
		for _, d := range metrics.All() {
			if d.Kind == metrics.KindUint64 {
				samples = append(samples, metrics.Sample{Name: d.Name})
			}
		}
		metrics.Read(samples)
		for _, s := range samples {
			fmt.Fprintf(out, "%s %d\n", s.Name, s.Value.Uint64())
		}
		work(20_000)
	}
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	work(50_000)
	runtime.GC()
	switch os.Args[1] {
	case "heap-profile":
		pprof.Lookup("heap").WriteTo(out, 1)
	case "v":
		values(out, "%v")
	case "plus-v":
		values(out, "%+v")
	case "sharp-v":
		values(out, "%#v")
	case "json":
		lines := json.NewEncoder(out)
		for i := 0; i < 4; i++ {
			lines.Encode(stats())
			work(30_000)
			if i == 2 {
				kept = nil
				debug.FreeOSMemory()
			}
		}
	case "expvar":
		page := httptest.NewRecorder()
		expvar.Handler().ServeHTTP(page, &http.Request{})
		out.Write(page.Body.Bytes())
	case "metrics":
		metricLines(out)
	case "trace":
		work(300_000)
		debug.FreeOSMemory()
	default:
		panic("no format " + os.Args[1])
	}
}

//go:build go1.19
// +build go1.19

package main

import "runtime/debug"

var setMemoryLimit = func(bytes uint64) { debug.SetMemoryLimit(int64(bytes)) }

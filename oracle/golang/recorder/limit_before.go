//go:build !go1.19
// +build !go1.19

package main

var setMemoryLimit func(bytes uint64)

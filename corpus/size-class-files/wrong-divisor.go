package gc

var SizeClassToSize = [...]uint16{0, 8, 48}
var SizeClassToDivMagic = [...]uint32{
	0,
	^uint32(0)/8 + 1,
	^uint32(0)/40 + 1,
}

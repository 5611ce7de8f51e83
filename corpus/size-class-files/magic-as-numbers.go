package gc

const NumSizeClasses = 3

var SizeClassToSize = [NumSizeClasses]uint16{0, 8, 16}
var SizeClassToNPages = [NumSizeClasses]uint8{0, 1, 1}
var SizeClassToDivMagic = [NumSizeClasses]uint32{0, 536870912, 1 << 28}

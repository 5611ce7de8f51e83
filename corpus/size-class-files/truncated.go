package runtime

const _NumSizeClasses = 68

var class_to_size = [_NumSizeClasses]uint16{0, 8, 16, 24, 32, 48

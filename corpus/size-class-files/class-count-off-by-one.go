package runtime

var class_to_size = [_NumSizeClasses]uint16{0, 8, 16, 32}

const _NumSizeClasses = 3

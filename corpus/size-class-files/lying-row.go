package runtime

// class  bytes/obj  bytes/span  objects  waste bytes
//     1          8        8192     1024            0
//     2         16        8192      511            0

var class_to_size = [3]uint16{0, 8, 16}

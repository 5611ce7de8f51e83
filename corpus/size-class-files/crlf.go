package runtime

// class  bytes/obj  bytes/span  objects  waste bytes  
//     1          8        8192     1024            0

var class_to_size = [...]uint16{
	0,	8, 
}

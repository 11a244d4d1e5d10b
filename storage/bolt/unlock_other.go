//go:build !unix || solaris || aix

package bolt

import "os"

// abandon closes a file that bbolt opened and lost track of.
func abandon(file *os.File) {
	_ = file.Close()
}

//go:build unix && !solaris && !aix

package bolt

import (
	"os"
	"syscall"
)

// abandon closes a file that bbolt opened and lost track of. The mapping that it left
// behind keeps the lock alive beyond closing, so that has to go first.
func abandon(file *os.File) {
	_ = syscall.Flock(int(file.Fd()), syscall.LOCK_UN)
	_ = file.Close()
}

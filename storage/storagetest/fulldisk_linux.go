package storagetest

import (
	"errors"
	"os"
	"strconv"
	"syscall"
	"testing"
)

// FillDisk makes the disk under an open file full, until repair is called: /dev/full takes
// the file's place in this process, so that every write fails with ENOSPC. Reading through
// a mapping goes on; the file's size reads as 0 meanwhile.
func FillDisk(t *testing.T, path string) (repair func()) {
	t.Helper()
	fds, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range fds {
		if target, _ := os.Readlink("/proc/self/fd/" + entry.Name()); target != path {
			continue
		}
		fd, err1 := strconv.Atoi(entry.Name())
		kept, err2 := syscall.Dup(fd)
		full, err3 := syscall.Open("/dev/full", syscall.O_RDWR, 0)
		if err := errors.Join(err1, err2, err3, syscall.Dup3(full, fd, 0), syscall.Close(full)); err != nil {
			t.Fatal(err)
		}
		return func() {
			if err := errors.Join(syscall.Dup3(kept, fd, 0), syscall.Close(kept)); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Fatalf("%s is not open", path)
	return nil
}

package bolt

import (
	"bytes"
	"os"
	"strconv"
	"syscall"
)

// maxMapped is by how much the mapped files in this process's memory may grow before
// release is worth its cost: letting go is cheap, but every page read later must be found
// again.
const maxMapped = 8 << 20

// mapped is how many bytes of mapped files the kernel counts as this process's, the
// program's own text among them; 0 where it does not say.
func mapped() int {
	var buf [128]byte
	f, err := os.Open("/proc/self/statm")
	if err != nil {
		return 0
	}
	defer f.Close()
	n, _ := f.Read(buf[:])
	fields := bytes.Fields(buf[:n])
	if len(fields) < 3 {
		return 0
	}
	pages, _ := strconv.Atoi(string(fields[2]))
	return pages * os.Getpagesize()
}

// release tells the kernel that the pages of the file mapped so far need not stay in this
// process's memory, once they are many: they are in the page cache and come back when they
// are read. Without it every record ever touched would count as resident.
//
// Only the committer calls it, between transactions: the mapping moves in no other way
// than by a writing transaction.
func (s *Store) release() {
	size := s.Size()
	if size == 0 || mapped()-s.settled < maxMapped {
		return
	}
	// It is only advice: a refusal changes nothing.
	_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, s.db.Info().Data, uintptr(size), syscall.MADV_DONTNEED)
	s.settled = mapped()
}

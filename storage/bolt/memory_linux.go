package bolt

import "syscall"

// release tells the kernel that the pages of the file mapped so far need not stay in this
// process's memory: they are in the page cache and come back when they are read. Without
// it every record ever touched would count as resident.
//
// Only the committer calls it, between transactions: the mapping moves in no other way
// than by a writing transaction.
func (s *Store) release() {
	if size := s.Size(); size > 0 {
		// It is only advice: a refusal changes nothing.
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, s.db.Info().Data, uintptr(size), syscall.MADV_DONTNEED)
	}
}

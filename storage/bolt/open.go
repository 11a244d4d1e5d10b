package bolt

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"chihoi/storage"
)

const (
	defaultTimeout = 2 * time.Second

	// A page is what the operating system writes at least, and what a disk keeps or
	// loses as a whole: smaller pages share its fate with neighbours that were not
	// touched, the two that begin the file with each other. They don't even write less.
	// Bytes that reached the disk for a turn (BenchmarkTurn, plain values, rows put in
	// order), with 64 and with 1,000 waiting:
	//
	//	1024    18,400   11,400  (of which bbolt passed on 7,500 and 5,500)
	//	2048    14,900    9,400
	//	4096    11,000    6,900
	//	8192    19,200   11,200
	defaultPageSize = 4096

	// firstMap is the address space taken at opening. Growing beyond what is mapped
	// waits for all readers, so a small store should never have to.
	firstMap = 64 << 20
	// growStep is by how much the file grows when it is full. Each step costs a sync of
	// its own; what is not used yet takes no room on the disk.
	growStep = 4 << 20
)

// Open opens the store in the file at path, and makes the file when there is none. Only
// its owner may read it: a file that others could read, as a copy from a backup often is,
// is closed to them.
//
// It returns an error that wraps storage.ErrLocked when another process has the file,
// and storage.ErrDamaged when the file is no store or a broken one; such a file is left
// as it is. Other errors are those of the operating system: a missing directory, a
// missing right, a disk that can't be written.
func Open(path string, opts Options) (*Store, error) {
	isNew, err := inspect(path, opts)
	if err != nil {
		return nil, err
	}
	db, err := openFile(path, opts)
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, path: path, commitTx: (*bbolt.Tx).Commit}
	s.arrived = sync.NewCond(&s.mu)
	if err := s.examine(); err != nil {
		_ = db.Close()
		return nil, err
	}
	if isNew {
		// Without this the file itself may be missing after a power cut, along with
		// everything that was promised to be in it.
		if err := syncDir(filepath.Dir(path)); err != nil {
			_ = db.Close()
			return nil, fmt.Errorf("storage: create %s: %w", path, err)
		}
	}
	if !opts.ReadOnly {
		tighten(path, orDefault(opts.Log, slog.Default()))
		s.done = make(chan struct{})
		go s.commitLoop()
	}
	return s, nil
}

// inspect refuses what can't be a store before bbolt touches it, and reports whether
// there is nothing yet.
func inspect(path string, opts Options) (isNew bool, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist) && !opts.ReadOnly:
		return true, nil
	case err != nil:
		return false, fmt.Errorf("storage: open: %w", err)
	case info.IsDir():
		return false, &os.PathError{Op: "open", Path: path, Err: syscall.EISDIR}
	case !info.Mode().IsRegular():
		return false, fmt.Errorf("storage: open %s: not a file (%s)", path, info.Mode().Type())
	case info.Size() == 0:
		// bbolt would make a new store of it. But an empty file is also what a failed
		// disk or a failed copy leaves, and then starting from nothing is the worst
		// that can be done.
		return false, fmt.Errorf("%w: %s is empty: restore it from a backup, or delete it to begin with an empty store",
			storage.ErrDamaged, path)
	}
	return false, nil
}

// tighten takes from a store's file the rights of everyone but its owner: names and phone
// numbers are in it. Where that can't be done it says so, for stopping would help nobody.
func tighten(path string, log *slog.Logger) {
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return
	}
	was := fmt.Sprintf("%04o", info.Mode().Perm())
	if err := os.Chmod(path, info.Mode().Perm()&^0o077); err != nil {
		log.Warn("the store can be read by others than its owner, and that can't be changed: chmod 600 it", "store", path, "mode", was, "err", err)
		return
	}
	log.Warn("the store could be read by others than its owner: made private", "store", path, "mode", was)
}

// openFile opens the file with bbolt and sorts what can go wrong.
func openFile(path string, opts Options) (db *bbolt.DB, err error) {
	var file *os.File
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if cause := recover(); cause != nil {
			abandon(file)
			db, err = nil, damaged(path, cause)
		}
	}()
	db, err = bbolt.Open(path, 0o600, &bbolt.Options{
		Timeout:      orDefault(opts.Timeout, defaultTimeout),
		PageSize:     orDefault(opts.PageSize, defaultPageSize),
		ReadOnly:     opts.ReadOnly,
		NoSync:       opts.NoSync,
		FreelistType: bbolt.FreelistMapType,
		// The free list is written with every commit: 50 bytes of a turn's under load,
		// and one page or two of the 19 of a lone Update. Leaving it out (NoFreelistSync)
		// makes opening read the whole file, 88 ms instead of 0.4 ms for 180 MB, after a
		// failed commit too, and on a goroutine of bbolt's where damage can't be caught.
		NoFreelistSync:  false,
		InitialMmapSize: initialMap(),
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			file, err = os.OpenFile(name, flag, mode)
			return file, err
		},
	})
	switch {
	case err == nil:
		db.AllocSize = growStep
		return db, nil
	case errors.Is(err, berrors.ErrTimeout):
		return nil, fmt.Errorf("%w: %s: stop the other one first; two at once would answer everybody twice",
			storage.ErrLocked, path)
	case errors.As(err, new(*os.PathError)): // which names the file itself
		return nil, fmt.Errorf("storage: %w", err)
	case errors.As(err, new(syscall.Errno)):
		return nil, fmt.Errorf("storage: open %s: %w", path, err)
	}
	// What doesn't come from the operating system is about what the file holds.
	return nil, damaged(path, err)
}

// examine looks at what every use of the store relies on: that the file is as long as it
// says, and that the buckets are there. It doesn't read the whole file, which would make
// starting slower with every year of use; a damaged page further down is found when it is
// read.
func (s *Store) examine() (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer (&reader{path: s.path}).guard(&err)
	return s.db.View(func(tx *bbolt.Tx) error {
		if have := s.Size(); have < tx.Size() {
			return damaged(s.path, fmt.Sprintf("%d bytes of %d are missing at its end", tx.Size()-have, tx.Size()))
		}
		return tx.ForEach(func(_ []byte, b *bbolt.Bucket) error {
			b.Cursor().First()
			return nil
		})
	})
}

// damaged is the error for a file that can't be read as a store.
func damaged(path string, cause any) error {
	return fmt.Errorf("%w: %s is no bbolt store or a broken one (%v): keep the file, restore from the last backup; `bbolt check %s` tells more",
		storage.ErrDamaged, path, cause, path)
}

func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // can't be done there, and need not be
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// initialMap is 0 where mapping more than the file makes the file grow.
func initialMap() int {
	if runtime.GOOS == "windows" {
		return 0
	}
	return firstMap
}

func orDefault[T comparable](value, fallback T) T {
	var zero T
	if value == zero {
		return fallback
	}
	return value
}

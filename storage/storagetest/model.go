package storagetest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"chihoi/storage"
)

// model is what a store should hold: "bucket\x00key" to value.
type model map[string]string

func (m model) scan(bucket, prefix, from string) string {
	var rows []string
	for _, name := range slices.Sorted(maps.Keys(m)) {
		key, ok := strings.CutPrefix(name, bucket+"\x00")
		if ok && strings.HasPrefix(key, prefix) && key >= from {
			rows = append(rows, key+"="+m[name])
		}
	}
	return strings.Join(rows, " ")
}

// testModel runs random transactions on the store and on a map, and compares everything
// that can be read after every step.
func testModel(t *testing.T, s storage.Store) {
	// Few letters, so that keys are often equal, or prefixes of each other.
	keys := rapid.StringMatching(`[ab/]{1,3}`)
	bounds := rapid.StringMatching(`[ab/]{0,3}`)
	runs := 0
	rapid.Check(t, func(rt *rapid.T) {
		runs++
		buckets := rapid.SampledFrom([]string{fmt.Sprintf("m%d", runs), fmt.Sprintf("n%d", runs)})
		stands := model{}
		look := func(tx storage.Tx, m model) {
			bucket, prefix, from := buckets.Draw(rt, "bucket"), bounds.Draw(rt, "prefix"), bounds.Draw(rt, "from")
			if got, want := scan(t, tx, bucket, prefix, from), m.scan(bucket, prefix, from); got != want {
				rt.Fatalf("Scan(%s, %q, %q) = %s; want %s", bucket, prefix, from, got, want)
			}
			key := keys.Draw(rt, "key")
			got, err := tx.Get(bucket, key)
			want, ok := m[bucket+"\x00"+key]
			if err != nil || string(got) != want || (got != nil) != ok {
				rt.Fatalf("Get(%s, %q) = %q, %v; want %q, %v", bucket, key, got, err, want, ok)
			}
		}
		change := func(tx storage.Tx, m model) {
			bucket, key := buckets.Draw(rt, "bucket"), keys.Draw(rt, "key")
			if rapid.Bool().Draw(rt, "delete") {
				delete(m, bucket+"\x00"+key)
				if err := tx.Delete(bucket, key); err != nil {
					rt.Fatal(err)
				}
				return
			}
			value := rapid.StringN(0, 3, 9).Draw(rt, "value")
			m[bucket+"\x00"+key] = value
			if err := tx.Put(bucket, key, []byte(value)); err != nil {
				rt.Fatal(err)
			}
		}
		rt.Repeat(map[string]func(*rapid.T){
			"view": func(*rapid.T) {
				if err := s.View(t.Context(), func(tx storage.Tx) error { look(tx, stands); return nil }); err != nil {
					rt.Fatal(err)
				}
			},
			"update": func(*rapid.T) {
				fails := rapid.IntRange(0, 3).Draw(rt, "fails") == 0
				var after model
				err := s.Update(t.Context(), func(tx storage.Tx) error {
					after = maps.Clone(stands)
					for range rapid.IntRange(0, 6).Draw(rt, "changes") {
						change(tx, after)
						look(tx, after)
					}
					if fails {
						return errMine
					}
					return nil
				})
				switch {
				case fails && !errors.Is(err, errMine), !fails && err != nil:
					rt.Fatalf("Update = %v", err)
				case !fails:
					stands = after
				}
			},
		})
	})
}

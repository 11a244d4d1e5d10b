package storage_test

import (
	"testing"

	"chihoi/flows/org"
	"chihoi/storage"
)

// A number that has passed on to somebody else stays hers when the one before gets another.
func TestPhoneThatPassedOn(t *testing.T) {
	store := storage.NewMem()
	err := store.Update(t.Context(), func(tx storage.Tx) error {
		for _, p := range []org.Person{{ID: "lan", Phone: "0912345601"}, {ID: "hoa", Phone: "0912345601"}, {ID: "lan", Phone: "0912345602"}} {
			if err := storage.PutPerson(tx, p); err != nil {
				return err
			}
		}
		for phone, want := range map[string]org.PersonID{"0912345601": "hoa", "0912345602": "lan"} {
			if got, _, err := storage.Phones.Get(tx, phone); got != want || err != nil {
				t.Errorf("%s is %q's, want %q (%v)", phone, got, want, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

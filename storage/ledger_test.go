package storage_test

import (
	"context"
	"testing"

	"chihoi/flows/org"
	"chihoi/storage"
)

// A ledger counts every message of its commune and month once, and what it counts adds up.
func TestLedgerCloses(t *testing.T) {
	s := storage.NewMem()
	rows := map[string]storage.Promised{
		"open/2026-11/an-phu/1":                      {State: "sent", Wave: "open/2026-11-25"},
		"open/2026-11/an-phu/10":                     {State: "failed", Wave: "open/2026-11-25", Why: "blocked"},
		"skip/2026-11/an-phu/2/open-2026-11-25":      {State: "skipped", Wave: "open/2026-11-25", Why: "chưa nhận mã"},
		"remind/2026-11/an-phu/1/2026-11-28":         {State: "held", Wave: "remind/1/2026-11-28"},
		"remind/2026-11/an-phu/10/2026-11-28":        {State: "cancelled", Wave: "remind/1/2026-11-28", Why: "đã gửi báo cáo"},
		"remind/2026-11/an-phu/3/2026-11-28":         {State: "sent", Wave: "remind/1/2026-11-28", Why: "doubtful"},
		"remind/2026-11/an-phu/3/2026-11-29":         {State: "planned", Wave: "asked/2026-11-29"},
		"remind/2026-11/an-phu-2/1/2026-11-28":       {State: "sent", Wave: "remind/1/2026-11-28"},
		"remind/2026-10/an-phu/1/2026-10-28":         {State: "sent", Wave: "remind/1/2026-10-28"},
		"remind/2026-11/an-phu/1/2026-11-01":         {State: "sent"}, // of before there were ledgers
		"late_list/2026-11/an-phu/minh":              {State: "owed", Wave: "late_list/2026-12-04"},
		"again/2026-11/0000000000abcd-x-00":          {State: "sent"},
		"skip/2026-11/an-phu/4/remind-1-2026-11-28":  {State: "skipped", Wave: "remind/1/2026-11-28", Why: "xin thôi nhắc"},
		"skip/2026-11/an-phu/10/remind-2-2026-12-01": {State: "skipped", Wave: "remind/2/2026-12-01", Why: "xin thôi nhắc"},
	}
	err := s.Update(context.Background(), func(tx storage.Tx) error {
		for key, p := range rows {
			if err := storage.Promise.Put(tx, key, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var list []org.Wave
	err = s.View(context.Background(), func(tx storage.Tx) (err error) {
		list, err = storage.Ledger(tx, "an-phu", "2026-11")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		kind                                     string
		targeted, sent, failed, skipped, waiting int
	}{{"open", 3, 1, 1, 1, 0}, {"remind/1", 4, 1, 0, 2, 1}, {"remind/2", 1, 0, 0, 1, 0}, {"late_list", 1, 0, 0, 0, 1}}
	if len(list) != len(want) {
		t.Fatalf("%+v", list)
	}
	for i, w := range list {
		skipped := 0
		for _, n := range w.Skipped {
			skipped += n
		}
		if w.Targeted != w.Sent+w.Failed+w.Waiting+skipped {
			t.Errorf("%+v does not close", w)
		}
		if x := want[i]; w.Kind != x.kind || w.Targeted != x.targeted || w.Sent != x.sent || w.Failed != x.failed || skipped != x.skipped || w.Waiting != x.waiting {
			t.Errorf("%+v, want %+v", w, x)
		}
	}
	if list[1].Doubtful != 1 {
		t.Errorf("%+v", list[1])
	}
}

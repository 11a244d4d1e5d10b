package bot_test

import (
	"errors"
	"testing"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// domain.md 12.6: the reports of a term go a year after it ended, those of the next stay;
// without a date nothing goes.
func TestReportsOfATermGoAYearAfterIt(t *testing.T) {
	for _, ends := range []org.Month{"2027-12", ""} {
		settings := flows.DefaultSettings()
		settings.TermEnds = ends
		s := newSweptBy(t, ict(2026, 11, 25, 9), settings)
		s.put(func(tx storage.Tx) error {
			var errs []error
			for month, sent := range map[org.Month]time.Time{"2027-11": ict(2027, 11, 26, 9), "2027-12": ict(2028, 1, 2, 9), "2028-01": ict(2028, 1, 26, 9)} {
				errs = append(errs, storage.Acceptances.Put(tx, storage.AcceptanceKey("xx/1", month), org.Acceptance{Branch: "xx/1", Month: month, Revision: 1}),
					storage.PutCheckIn(tx, org.CheckIn{Branch: "xx/1", Month: month, Revision: 1, SentAt: sent}),
					storage.Periods.Put(tx, storage.PeriodKey("xx", month), org.Period{Commune: "xx", Month: month, Opens: sent, Due: sent, Locks: sent}))
			}
			old, young := ict(2027, 5, 1, 9), ict(2028, 2, 1, 9)
			return errors.Join(append(errs,
				storage.Notices.Put(tx, "xx/1/old", org.Notice{Branch: "xx/1", At: old}),
				storage.Notices.Put(tx, "xx/1/young", org.Notice{Branch: "xx/1", At: young}),
				storage.Pairs.Put(tx, "xx/1/active", org.Pair{ID: "active", Branch: "xx/1", Started: "2026-11"}),
				storage.Pairs.Put(tx, "xx/1/ended", org.Pair{ID: "ended", Branch: "xx/1", Ended: "2027-12"}),
				storage.Pairs.Put(tx, "xx/1/later", org.Pair{ID: "later", Branch: "xx/1", Ended: "2028-01"}),
				storage.Requests.Put(tx, "xx/closed", org.Request{ID: "closed", Branch: "xx/1", At: old, State: org.RequestClosed}),
				storage.Requests.Put(tx, "xx/open", org.Request{ID: "open", Branch: "xx/1", At: old, State: org.RequestNew}))...)
		})
		all := func() {
			s.holds(storage.CheckIns.Bucket, "2027-11/xx/1/0001", "2027-12/xx/1/0001", "2028-01/xx/1/0001")
			s.holds(storage.Figures.Bucket, "2027/xx/1", "2028/xx/1")
			s.holds(storage.Pairs.Bucket, "xx/1/active", "xx/1/ended", "xx/1/later")
			s.holds(storage.Requests.Bucket, "xx/closed", "xx/open")
		}
		s.goTo(ict(2028, 12, 31, 12))
		all()
		s.goTo(ict(2029, 1, 1, 12))
		if ends == "" {
			all()
			continue
		}
		s.holds(storage.CheckIns.Bucket, "2028-01/xx/1/0001")
		s.holds(storage.Figures.Bucket, "2028/xx/1")
		s.holds(storage.Periods.Bucket, "xx/2028-01")
		s.holds(storage.Acceptances.Bucket, "xx/2028-01/xx/1")
		s.holds(storage.Notices.Bucket, "xx/1/young")
		s.holds(storage.Pairs.Bucket, "xx/1/active", "xx/1/later")
		s.holds(storage.Requests.Bucket, "xx/open")
		if s.store.most > 1000 {
			t.Errorf("%d rows in one transaction", s.store.most)
		}
	}
}

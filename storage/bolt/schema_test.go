package bolt_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
	"chihoi/storage/bolt"
)

var update = flag.Bool("update", false, "write testdata/schema-*.bolt of the present layout anew")

// presentSchema is the file of the layout that this program writes. Files of older
// layouts stay as they are for ever: somewhere there is a store like them.
const presentSchema = "testdata/schema-2.bolt"

// stored is one row as it lies in a store, and how it is read back.
type stored struct {
	bucket, key string
	put         func(tx storage.Tx) error
	read        func(tx storage.Tx) (any, bool, error)
	want        any
	since       int // the layout from which on there are such rows; 0: the first
}

// since marks a row that stores of earlier layouts can't have.
func since(layout int, r stored) stored {
	r.since = layout
	return r
}

func record[V any](t storage.Table[V], key string, v V) stored {
	return stored{bucket: t.Bucket, key: key,
		put: func(tx storage.Tx) error { return t.Put(tx, key, v) },
		read: func(tx storage.Tx) (any, bool, error) {
			got, ok, err := t.Get(tx, key)
			return got, ok, err
		}, want: v}
}

func at(month time.Month, day, hour int) time.Time {
	return time.Date(2026, month, day, hour, 0, 0, 0, time.UTC)
}

// demoCommune is a commune in the middle of a month: one branch has sent its report and
// corrected it, one is at it, a reminder is planned, a code is not used yet.
func demoCommune() []stored {
	lan, thu, minh := org.PersonID("p-lan"), org.PersonID("p-thu"), org.PersonID("p-minh")
	head := org.Post{Role: org.Head, Unit: "an-phu/1", Person: lan}
	chair := org.Post{Role: org.Chair, Unit: "an-phu", Person: minh}
	contact := org.Contact{ID: "telegram:4711", Person: lan, LinkedAt: at(9, 1, 1), LastWrote: at(11, 26, 2)}
	consent := org.Consent{Person: lan, Notice: "2026-11", At: at(9, 1, 1), Channel: "telegram", Raw: "đồng ý"}
	answers := org.Answers{"q1_activity": {Value: "yes", By: lan, At: at(11, 26, 2), Channel: "telegram"}, "q1b_attendees": {Value: "~35", By: thu, At: at(11, 26, 2), Channel: "zalo"},
		"q2_pioneers": {Skipped: true, By: lan, At: at(11, 26, 2), Channel: "telegram"}, "q7_joined": {Value: "21", Unusual: true, By: lan, At: at(11, 26, 2), Channel: "telegram"}}
	trail := []org.Change{{Question: "q7_joined", Before: "2", After: "21", By: lan, At: at(11, 26, 2), Channel: "telegram"}}
	report := org.CheckIn{Branch: "an-phu/1", Month: "2026-11", Revision: 1, Form: 1, SentAt: at(11, 26, 2), By: lan, Channel: "telegram", Answers: answers, Start: 118, End: 139}
	corrected := report
	corrected.Revision, corrected.Trail, corrected.Reason, corrected.Late = 2, trail, "sửa theo lời chi hội", true
	draft := flows.Draft{Branch: "an-phu/2", Month: "2026-11", Form: 1, Instance: "1g41zyk", Answers: answers, Trail: trail,
		Seats: map[org.PersonID]flows.Seat{thu: {Open: "q8_left", Asked: 9, Since: 8, Misses: 1, Doubt: &flows.Doubt{Values: []string{"2", "3"}}, Prompt: "0661-a-00", PromptAt: "zalo:12"}}}
	order := flows.Order{Kind: flows.OrderRemind, Person: thu, Branch: "an-phu/2", Month: "2026-11", Step: 1}
	prompt := flows.Prompt{Text: "Chị ơi", Options: []flows.Option{{Label: "Có rồi", Data: "c:1g41zyk:9:q1_activity:yes", Say: "1", Beside: true}}}
	framework := true
	news := org.Announcement{ID: "mwu1rnk0nb4", Commune: "an-phu", Kind: org.TrainingCall, State: org.Released, Version: 3, By: minh, Made: at(11, 24, 1), Last: minh, Touched: at(11, 24, 2),
		Text: "tập huấn kỹ năng số", When: "8h ngày 27", Place: "hội trường", Framework: &framework, Photo: "telegram:AgAC", Named: lan, To: org.Audience{Kind: org.ToFormer, Which: "Xã An Thịnh"},
		At: at(11, 25, 1), Expires: at(11, 25, 10), Month: "2026-11", Sender: minh, Sent: at(11, 24, 2), TallyAt: at(11, 25, 2),
		Targets: []org.Target{{Group: "telegram:-100", Title: "Chị em An Phú", Was: "1kv0yno"}, {Branch: "an-phu/1", Person: lan}}}
	return []stored{
		record(storage.Meta, "salt", "a salt of its own"),
		record(storage.Communes, "an-phu", org.Commune{ID: "an-phu", Name: "Xã An Phú"}),
		record(storage.Branches, "an-phu/1", org.Branch{ID: "an-phu/1", Name: "Chi hội thôn Đông", FormerCommune: "Xã An Thịnh", Members: 118, Order: 1}),
		record(storage.Branches, "an-phu/2", org.Branch{ID: "an-phu/2", Name: "Chi hội thôn Tây", Order: 2, ClosedFrom: "2027-01"}),
		record(storage.People, "p-lan", storage.Profile{Person: org.Person{ID: lan, Name: "Nguyễn Thị Lan", Phone: "0912345678", Address: "cô"}, Posts: []org.Post{head}, Contacts: []org.Contact{contact}, Consent: consent}),
		record(storage.People, "p-minh", storage.Profile{Person: org.Person{ID: minh, Name: "Trần Thị Minh"}, Posts: []org.Post{chair}}),
		record(storage.Posts, "an-phu/1#head#p-lan", head),
		record(storage.Posts, "an-phu#chair#p-minh", chair),
		record(storage.Phones, "0912345678", lan),
		record(storage.Contacts, "telegram:4711", contact),
		record(storage.Groups, "an-phu#telegram:-100", org.Group{Contact: "telegram:-100", Commune: "an-phu", Title: "Chị em An Phú"}),
		record(storage.Consents, "p-lan#20260901T010000.000000000", consent),
		record(storage.Talks, "p-lan", flows.Talk{Misses: 1, Prompt: "0661-b-00", Offer: prompt.Options}),
		record(storage.Erasures, "p-hoa", storage.Erasure{Person: "p-hoa", Alias: "x-abcdefghij", Contacts: []org.ContactID{"telegram:13"}, Units: []string{"an-phu/2"}, Asked: at(11, 26, 1), Bucket: "drafts", Total: 3}),
		record(storage.Periods, "an-phu/2026-11", org.Period{Commune: "an-phu", Month: "2026-11", Opens: at(11, 25, 1), Due: at(12, 3, 16), Locks: at(12, 20, 16), OpenedBy: "calendar",
			Expected: []org.BranchID{"an-phu/1", "an-phu/2"}, Exempt: map[org.BranchID]string{"an-phu/2": "mới sắp xếp lại"}}),
		record(storage.CheckIns, "2026-11/an-phu/1/0001", report),
		record(storage.CheckIns, "2026-11/an-phu/1/0002", corrected),
		record(storage.Standings, "an-phu/1", org.Standing{Past: []org.Past{{Month: "2026-11", End: 139, Recap: true, Carry: map[org.QuestionID]string{"q2_pioneers": "4"}}}}),
		record(storage.Figures, "2026/an-phu/1", []org.Figures{org.FiguresOf(corrected, org.FiguresOf(report, org.Figures{}))}),
		since(2, record(storage.Told, "an-phu", flows.Told{At: at(11, 30, 0), Month: "2026-11", Of: map[org.BranchID]org.Figures{"an-phu/1": org.FiguresOf(report, org.Figures{})}})),
		record(storage.Standings, "an-phu/2", org.Standing{Drafts: map[org.Month]string{"2026-11": "0661-c-00"}}),
		record(storage.Drafts, "0661-c-00", draft),
		record(storage.Pairs, "an-phu/1/2026-10-1", org.Pair{ID: "2026-10-1", Branch: "an-phu/1", Kind: org.RecruitOne, Label: "chị L. – chị H.", Started: "2026-10", State: org.PairCompleted, Ended: "2026-11"}),
		record(storage.Requests, "an-phu/0661-d-00", org.Request{ID: "0661-d-00", Branch: "an-phu/1", By: lan, At: at(11, 26, 2), Kind: org.Support, Text: "cần vốn nuôi bò", State: org.RequestForwarded,
			SeenBy: minh, SeenAt: at(11, 26, 3), Steps: []org.RequestStep{{State: org.RequestSeen, By: minh, At: at(11, 26, 3)}, {State: org.RequestForwarded, By: minh, At: at(11, 27, 3), To: "UBND"}}}),
		record(storage.Notices, "an-phu/1/0661-e-00", org.Notice{Branch: "an-phu/1", Month: "2026-11", Kind: 4, By: lan, At: at(11, 26, 2)}),
		since(2, record(storage.Desks, "an-phu", org.Desk{
			Targets:   []org.TargetSet{{Year: "2026", N: 120, By: minh, At: at(11, 2, 1)}},
			Dismissed: []org.Dismissal{{Branch: "an-phu/1", Kind: org.FlagMissedTwice, Mark: "2", Note: "đã hỏi thăm rồi", By: minh, At: at(11, 25, 1)}},
			Errands:   []org.Errand{{ID: "1x2y", Branch: "an-phu/1", By: minh, To: thu, Text: "đến thăm", At: at(11, 25, 2), Done: at(11, 26, 2)}},
			Nudged:    org.Nudge{By: minh, At: at(11, 27, 1)}})),
		since(2, record(storage.Queries, "an-phu/1/2026-11/07", org.Query{Branch: "an-phu/1", Month: "2026-11", Item: 7, Reason: "số chưa khớp", Revision: 1,
			By: minh, At: at(11, 26, 1), Closed: at(11, 26, 3), ClosedBy: lan})),
		since(2, record(storage.Acceptances, "an-phu/2026-11/an-phu/1", org.Acceptance{Branch: "an-phu/1", Month: "2026-11", Revision: 2, By: minh, At: at(11, 27, 2)})),
		record(storage.Announcements, "an-phu/mwu1rnk0nb4", news),
		record(storage.Responses, "an-phu/mwu1rnk0nb4/p-lan", org.Response{Commune: "an-phu", Announcement: news.ID, Person: lan, Answer: org.Coming, At: at(11, 24, 3)}),
		record(storage.Namings, "an-phu/mwu1rnk0nb4", org.Naming{Commune: "an-phu", Announcement: news.ID, Person: lan, Text: news.Text, Asked: at(11, 24, 1), Answered: at(11, 24, 2), Channel: "zalo", Raw: "đồng ý nêu tên", Agreed: true}),
		record(storage.Outbox, "0661-f-00", storage.Message{ID: "0661-f-00", To: "telegram:4711", For: lan, Lane: storage.LaneAlert, At: at(11, 26, 2), Retires: "0661-b-00", Record: "✅ Có rồi", Prompt: prompt}),
		record(storage.Parked, "0661-h-00", storage.ParkedMessage{At: at(11, 29, 2), Why: flows.WhyTired,
			Message: storage.Message{ID: "0661-h-00", To: "telegram:4711", At: at(11, 26, 2), Order: &order, Wave: "remind/1/2026-11-28", Begun: true}}),
		record(storage.Sent, "0661-b-00", storage.Receipt{To: "telegram:4711", Network: "815", At: at(11, 26, 2)}),
		record(storage.Plans, "20261128T120000.000000000/remind/2026-11/an-phu/2/2026-11-28", storage.Plan{Key: "remind/2026-11/an-phu/2/2026-11-28", At: at(11, 28, 12), Order: order}),
		record(storage.Promise, "open/2026-11/an-phu/1", storage.Promised{State: "sent", At: at(11, 25, 1)}),
		record(storage.Promise, "remind/2026-11/an-phu/2/2026-11-28", storage.Promised{State: "planned", Row: "20261128T120000.000000000/remind/2026-11/an-phu/2/2026-11-28"}),
		{bucket: "seen", key: "20261125/telegram/8812", put: func(tx storage.Tx) error { return tx.Put("seen", "20261125/telegram/8812", []byte("1")) },
			read: func(tx storage.Tx) (any, bool, error) {
				raw, err := tx.Get("seen", "20261125/telegram/8812")
				return string(raw), raw != nil, err
			}, want: "1"},
		record(storage.Ran, "slot/remind/1", at(11, 28, 12)),
		record(storage.Audits, "0661-g-00", storage.AuditRow{At: at(11, 26, 2), What: "submit", By: lan, Unit: "an-phu/1", Detail: "2026-11 #2"}),
		record(storage.Usages, "zalo-an-phu/2026-11", org.Usage{Bot: "zalo-an-phu", Month: "2026-11", Sent: 412, Quota: 3000, Seats: 50}),
		record(storage.Reached, "p-lan", storage.Reach{Person: lan, At: []time.Time{at(11, 25, 1), at(11, 28, 12)}}),
		record(storage.Seats, "zalo-an-phu/0123456789abcdef01234567", at(9, 1, 1)),
	}
}

// unusedCode is a code of the demo commune; its row is named by the store's own salt.
func unusedCode(tx storage.Tx) (key string, i org.Invite, err error) {
	key, err = storage.InviteHash(tx, "12345678")
	return key, org.Invite{Hash: key, Person: "p-thu", Post: org.Post{Role: org.Deputy, Unit: "an-phu/1", Person: "p-thu"}, Made: at(11, 20, 1), Expires: at(12, 20, 1)}, err
}

// TestStoresOfEveryLayout opens a copy of each stored file, brings it to the present
// layout and reads every row back through the tables.
func TestStoresOfEveryLayout(t *testing.T) {
	if *update {
		writeSchema(t, presentSchema)
	}
	files, err := filepath.Glob("testdata/schema-*.bolt")
	if err != nil || !slices.Contains(files, presentSchema) {
		t.Fatalf("no %s (%v); go test ./storage/bolt -run Layout -update writes it", presentSchema, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			if info, err := os.Stat(file); err != nil || info.Size() >= 64<<10 {
				t.Errorf("%d bytes, %v", info.Size(), err)
			}
			layout := 0
			if _, err := fmt.Sscanf(filepath.Base(file), "schema-%d.bolt", &layout); err != nil {
				t.Fatal(err)
			}
			s := openCopy(t, file)
			if err := storage.Migrate(s); err != nil {
				t.Fatal(err)
			}
			if err := s.View(context.Background(), func(tx storage.Tx) error { return readsBack(t, tx, layout) }); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// readsBack compares every row with what was once stored in a layout, and finds no other.
func readsBack(t *testing.T, tx storage.Tx, layout int) error {
	t.Helper()
	rows, new := map[string]int{}, map[string]bool{}
	for _, r := range demoCommune() {
		if r.since > layout {
			new[r.bucket] = true
			continue
		}
		rows[r.bucket]++
		got, ok, err := r.read(tx)
		if err != nil || !ok || inJSON(t, got) != inJSON(t, r.want) {
			t.Errorf("%s %s: %v, %v\n got %s\nwant %s", r.bucket, r.key, ok, err, inJSON(t, got), inJSON(t, r.want))
		}
	}
	key, want, err := unusedCode(tx)
	if err != nil {
		return err
	}
	if got, ok, err := storage.Invites.Get(tx, key); err != nil || !ok || inJSON(t, got) != inJSON(t, want) {
		t.Errorf("invite: %s, %v, %v", inJSON(t, got), ok, err)
	}
	rows["invites"]++
	rows["meta"]++ // the layout's number
	for _, bucket := range storage.Buckets() {
		n := 0
		err := tx.Scan(bucket, "", "", func(string, []byte) error {
			n++
			return nil
		})
		if err != nil {
			return err
		}
		if n != rows[bucket] || n == 0 && !new[bucket] {
			t.Errorf("%s has %d rows, want %d", bucket, n, rows[bucket])
		}
	}
	return nil
}

func inJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func openCopy(t *testing.T, file string) *bolt.Store {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// writeSchema writes the demo commune as this program keeps it, packed into a small file.
func writeSchema(t *testing.T, file string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "full.db")
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := storage.Migrate(s); err != nil {
		t.Fatal(err)
	}
	err = s.Update(context.Background(), func(tx storage.Tx) error {
		for _, r := range demoCommune() {
			if err := r.put(tx); err != nil {
				return err
			}
		}
		key, invite, err := unusedCode(tx)
		if err != nil {
			return err
		}
		return storage.Invites.Put(tx, key, invite)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	full, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(file); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	small, err := bbolt.Open(file, 0o644, &bbolt.Options{PageSize: 1024})
	if err != nil {
		t.Fatal(err)
	}
	if err := bbolt.Compact(small, full, 1<<20); err != nil {
		t.Fatal(err)
	}
	if err := small.Close(); err != nil {
		t.Fatal(err)
	}
	if err := full.Close(); err != nil {
		t.Fatal(err)
	}
}

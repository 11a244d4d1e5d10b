package bot

import (
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// Records reads each table of the commune once, in one stretch: a chair's question costs
// what her branches cost, however many others there are.
func (b *book) Records(c org.CommuneID, from, to org.Month) org.Records {
	commune, _ := b.Commune(c)
	r := org.Records{Commune: commune, Periods: map[org.Month]org.Period{}, Requests: b.Requests(c)}
	desk := b.Desk(c)
	r.Target, r.Dismissed = desk.Target(to.YearName()), desk.Dismissed
	at := map[org.BranchID]int{}
	for i, br := range b.Branches(c) {
		at[br.ID] = i
		r.Branches = append(r.Branches, org.BranchRecords{Branch: br})
	}
	of := func(id org.BranchID) *org.BranchRecords {
		if i, ok := at[id]; ok {
			return &r.Branches[i]
		}
		return &org.BranchRecords{} // of a branch that is no more
	}
	for m := from; m <= to; m = m.Add(1) {
		if p, ok := b.Period(c, m); ok {
			r.Periods[m] = p
		}
	}
	for year := from; year.YearName() <= to.YearName(); year = year.Add(12) {
		b.keep(storage.FiguresIn(b.tx, c, year, func(id org.BranchID, list []org.Figures) {
			of(id).Figures = append(of(id).Figures, list...)
		}))
	}
	prefix := string(c) + "/"
	for _, p := range all(b, storage.Pairs, prefix) {
		of(p.Branch).Pairs = append(of(p.Branch).Pairs, p)
	}
	for _, n := range all(b, storage.Notices, prefix) {
		of(n.Branch).Notices = append(of(n.Branch).Notices, n)
	}
	b.drafts(c, of)
	posts := map[org.BranchID][]org.Post{}
	for _, p := range all(b, storage.Posts, prefix) {
		posts[p.Branch()] = append(posts[p.Branch()], p)
	}
	for i := range r.Branches {
		r.Branches[i].Away = b.away(posts[r.Branches[i].Branch.ID])
	}
	return r
}

// drafts notes which months of each branch have a check-in begun.
func (b *book) drafts(c org.CommuneID, of func(org.BranchID) *org.BranchRecords) {
	type begun struct {
		branch org.BranchID
		month  org.Month
		row    string
	}
	var list []begun
	b.keep(storage.DraftsIn(b.tx, c, func(id org.BranchID, m org.Month, row string) { list = append(list, begun{id, m, row}) }))
	for _, d := range list {
		if draft, ok := get(b, storage.Drafts, d.row); ok && draft.Begun() {
			of(d.branch).Drafts = append(of(d.branch).Drafts, d.month)
		}
	}
}

// Told is what the chairs were last told.
func (b *book) Told(c org.CommuneID) (flows.Told, bool) { return get(b, storage.Told, string(c)) }

// Desk is what the chairs decided.
func (b *book) Desk(c org.CommuneID) org.Desk {
	d, _ := get(b, storage.Desks, string(c))
	return d
}

// Queries are those about a branch's report of a month.
func (b *book) Queries(br org.BranchID, m org.Month) []org.Query {
	return all(b, storage.Queries, string(br)+"/"+string(m)+"/")
}

// Acceptances are those of a commune's month.
func (b *book) Acceptances(c org.CommuneID, m org.Month) []org.Acceptance {
	return all(b, storage.Acceptances, storage.PeriodKey(c, m)+"/")
}

// Away says why a branch's head can't be written to.
func (b *book) Away(br org.BranchID) org.Away { return b.away(b.PostsIn(string(br))) }

func (b *book) away(posts []org.Post) org.Away {
	why := org.NoHead
	for _, p := range posts {
		if p.Role != org.Head {
			continue
		}
		profile := b.profile(p.Person)
		switch _, ok := profile.Contact(); {
		case ok:
			return ""
		case len(profile.Contacts) == 0:
			why = org.Unlinked
		case profile.Agreed():
			why = org.Unreachable
		default:
			why = org.NotUsing
		}
	}
	return why
}

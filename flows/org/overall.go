package org

// Overall is a month summed over communes: what the province sees (domain.md 10). It holds
// counts alone, of no branch and nobody.
type Overall struct {
	Communes, Opened int // how many there are, and have a period of the month
	Tally
	Members                        Members
	Growth, Year                   Growth
	Pairs                          PairCount
	OpenHelp, UrgentHelp, OldestIn int // calls for help; the oldest in days
}

// Add counts a commune in; year is its net growth since January.
func (o *Overall) Add(s Summary, year Growth) {
	o.Communes++
	if s.Period.Month == "" {
		return
	}
	o.Opened++
	o.Tally.sum(s.Tally)
	o.Members = o.Members.plus(s.Members)
	o.Growth, o.Year = o.Growth.and(s.Growth), o.Year.and(year)
	o.Pairs = o.Pairs.Plus(s.AllPairs())
	o.OpenHelp += s.Help.Open
	o.UrgentHelp += s.Help.Urgent
	o.OldestIn = max(o.OldestIn, s.Help.Oldest)
}

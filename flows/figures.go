package flows

import "chihoi/flows/org"

// lookBackMonths is how far back figures are gathered: the flags look at the months before
// (domain.md 7).
const lookBackMonths = 3

// records gathers what a commune's figures of a month need: those of the year up to then and
// of the months just before.
func (s *step) records(c org.CommuneID, m org.Month) org.Records {
	from, _ := m.Year()
	if back := m.Add(-lookBackMonths); back < from {
		from = back
	}
	return s.recordsOf(c, from, m)
}

func (s *step) recordsOf(c org.CommuneID, from, to org.Month) org.Records {
	r := s.Book.Records(c, from, to)
	r.Now = s.Now
	return r
}

// summary is a commune's month in figures.
func (s *step) summary(c org.CommuneID, m org.Month) org.Summary {
	r := s.recordsOf(c, m.Add(-lookBackMonths), m)
	return r.Month(m)
}

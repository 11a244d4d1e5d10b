package org

// The indicators that do not come from check-ins (domain.md 5.3 to 5.6, 5.8) as functions
// of counts that people enter. No conversation asks for all of them yet.

// Anomaly names what is wrong with figures that were entered.
type Anomaly string

// Anomalies of figures.
const (
	Over100     Anomaly = "anomaly_over_100"      // a part is more than its whole
	RateOver100 Anomaly = "anomaly_rate_over_100" // more members than women
	StipendSums Anomaly = "anomaly_stipend"       // not local ≤ any ≤ heads
)

// Over100Of is the anomaly of a share, "" when there is none.
func Over100Of(r Ratio) Anomaly {
	if r.Over() {
		return Over100
	}
	return ""
}

// Membership is what the membership rate of a commune is computed from, as of a date
// (domain.md 5.3). Members are those residing, after those who left, died or moved.
type Membership struct {
	Kind CommuneKind
	// InBranches are members of branches and cells, InClubs those only in clubs or groups of
	// any Hội level, InSpecialUnits those of special base units in the area, Elsewhere union
	// members, the armed forces and member organisations.
	InBranches, InClubs, InSpecialUnits, Elsewhere Count
	// Twice is how many women are in two of these; each counts once.
	Twice int
	// WomenPresent are those of 18 and over who live here or have for six months. Those away
	// for work are another number and never taken off.
	WomenPresent Count
}

// All is the number of members, each woman once; absent while the branches' is.
func (m Membership) All() Count {
	if !m.InBranches.OK {
		return Count{}
	}
	c := m.InBranches.Plus(m.InClubs).Plus(m.InSpecialUnits).Plus(m.Elsewhere)
	c.N -= m.Twice
	return c
}

// Rate is members over women present.
func (m Membership) Rate() Ratio { return Ratio{m.All(), m.WomenPresent} }

// Anomaly is RateOver100 when there are more members than women.
func (m Membership) Anomaly() Anomaly {
	if m.Rate().Over() {
		return RateOver100
	}
	return ""
}

// TargetState is how a rate stands to a target.
type TargetState string

// How a rate stands to its target; "" where there is none to speak of.
const (
	TargetMet    TargetState = "met"
	TargetNotMet TargetState = "not_met"
	// TargetEqual is exactly at a target that is to be exceeded: it is not met, and "đúng 60%" is said.
	TargetEqual TargetState = "equal"
)

// Rate targets in percent (domain.md 5.3, 5.5, 5.6, term XIII); they may have been replaced
// and are never shown as current law.
const (
	MembershipTarget = 60
	NurturedTarget   = 50
	StipendTarget    = 90
)

// Target tells how the rate stands to MembershipTarget. Only residential communes have one.
// strict is the setting rate_target_strict: more than the target, not just as much.
func (m Membership) Target(strict bool) TargetState {
	r := m.Rate()
	if m.Kind != Residential || !r.OK() {
		return ""
	}
	switch c := r.against(MembershipTarget); {
	case c > 0 || c == 0 && !strict:
		return TargetMet
	case c == 0:
		return TargetEqual
	}
	return TargetNotMet
}

// Watched reports whether the rate is below the threshold of the watch list, in percent.
func (m Membership) Watched(threshold int) bool {
	return m.Kind == Residential && m.Rate().OK() && m.Rate().against(threshold) < 0
}

// Training is one course held in the term.
type Training struct {
	Framework bool // of the central committee's framework programme
	Attended  []PersonID
}

// TrainingCoverage is how many of the current heads attended a framework course in the term:
// by person, not by attendance (domain.md 5.4).
func TrainingCoverage(heads []PersonID, courses []Training) Ratio {
	current, trained := map[PersonID]bool{}, map[PersonID]bool{}
	for _, h := range heads {
		current[h] = true
	}
	for _, c := range courses {
		for _, p := range c.Attended {
			if c.Framework && current[p] {
				trained[p] = true
			}
		}
	}
	return RatioOf(len(trained), len(current))
}

// PartyDevelopment is a commune's aggregate; nothing is known of a person (domain.md 5.5).
type PartyDevelopment struct{ NonPartyNow, AdmittedInTerm, Nurtured Count }

// Rate is nurtured over those who were not in the Party at the beginning: whoever was
// admitted since stays in the number below.
func (p PartyDevelopment) Rate() Ratio {
	if !p.NonPartyNow.OK {
		return Ratio{}
	}
	return Ratio{p.Nurtured, p.NonPartyNow.Plus(p.AdmittedInTerm)}
}

// Needed is how many must be nurtured to meet the target.
func (p PartyDevelopment) Needed() Count {
	whole := p.Rate().Whole
	if !whole.OK {
		return Count{}
	}
	return Known((whole.N*NurturedTarget + 99) / 100)
}

// Met tells how it stands to the target.
func (p PartyDevelopment) Met() TargetState { return atLeast(p.Rate(), NurturedTarget) }

func atLeast(r Ratio, percent int) TargetState {
	switch {
	case !r.OK():
		return ""
	case r.against(percent) >= 0:
		return TargetMet
	}
	return TargetNotMet
}

// Stipends are how many heads of a commune have a stipend, and how many of them have it
// from the local budget (domain.md 5.6).
type Stipends struct{ Heads, Any, Local Count }

// AnyRate and LocalRate are the shares of the heads; the target applies to any.
func (s Stipends) AnyRate() Ratio { return Ratio{s.Any, s.Heads} }

// LocalRate is the share with one from the local budget.
func (s Stipends) LocalRate() Ratio { return Ratio{s.Local, s.Heads} }

// Met tells how the share with any stipend stands to the target.
func (s Stipends) Met() TargetState { return atLeast(s.AnyRate(), StipendTarget) }

// Anomaly is StipendSums unless local ≤ any ≤ heads, as far as they are known.
func (s Stipends) Anomaly() Anomaly {
	more := func(a, b Count) bool { return a.OK && b.OK && a.N > b.N }
	if more(s.Local, s.Any) || more(s.Any, s.Heads) || more(s.Local, s.Heads) {
		return StipendSums
	}
	return ""
}

// Schemes are how many of each were launched in a commune, which is another fact than what
// was practised this month (domain.md 4.5).
type Schemes struct{ OnePlusOne, ThreeThree, Attraction Count }

// Covered is scheme_coverage_met: at least one of each; absent while one is not known.
func (s Schemes) Covered() (met, ok bool) {
	ok = s.OnePlusOne.OK && s.ThreeThree.OK && s.Attraction.OK
	return ok && min(s.OnePlusOne.N, s.ThreeThree.N, s.Attraction.N) >= 1, ok
}

// TargetProgress is the net growth of the year over the yearly target (domain.md 5.7).
func TargetProgress(net, target Count) Ratio { return Ratio{net, target} }

// Pace is where the year's growth is expected to be after so many months: target × months/12.
// It is shown and never judged.
func Pace(target Count, months int) (Decimal, bool) {
	if !target.OK {
		return 0, false
	}
	return Decimal(halfUp(target.N*months*100, 12)), true
}

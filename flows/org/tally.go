package org

// Tally counts reports: of the branches of a commune in a month, of one branch over months,
// of many communes. A report of a branch that is exempt is kept and not counted.
type Tally struct {
	// Expected are those of branches on the list that are not exempt; Submitted is OnTime + Late.
	Expected, Submitted, OnTime, Late int
	// Active tell of an activity. Full have all six items of "3 có, 3 biết", of Scored that
	// answered all six.
	Active, Full, Scored int
}

// Missing are those that are still to come, or never came.
func (t Tally) Missing() int { return t.Expected - t.Submitted }

// ReportingRate is submitted over expected.
func (t Tally) ReportingRate() Ratio { return RatioOf(t.Submitted, t.Expected) }

// OnTimeRate is submitted by the due date over expected.
func (t Tally) OnTimeRate() Ratio { return RatioOf(t.OnTime, t.Expected) }

// ActivityRate is those with an activity over those submitted.
func (t Tally) ActivityRate() Ratio { return RatioOf(t.Active, t.Submitted) }

// FullRate is those with all six items over those that answered all six.
func (t Tally) FullRate() Ratio { return RatioOf(t.Full, t.Scored) }

// count counts one branch's month in; counted is false where there is nothing to sum of it.
func (t *Tally) count(b BranchSummary) (counted bool) {
	if b.Exempt != "" {
		return false
	}
	t.Expected++
	if !b.Status.Sent() {
		return false
	}
	t.Submitted++
	if b.Status == StatusLate {
		t.Late++
	} else {
		t.OnTime++
	}
	if active, _ := b.Figures.Active(); active {
		t.Active++
	}
	if score := b.Figures.Items.Score(); score.OK {
		t.Scored++
		if score.N == len(b.Figures.Items) {
			t.Full++
		}
	}
	return true
}

// sum adds another tally.
func (t *Tally) sum(o Tally) {
	t.Expected += o.Expected
	t.Submitted += o.Submitted
	t.OnTime += o.OnTime
	t.Late += o.Late
	t.Active += o.Active
	t.Full += o.Full
	t.Scored += o.Scored
}

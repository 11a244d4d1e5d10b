package roster

import (
	"slices"

	"chihoi/flows/org"
)

// group puts the rows under their communes and finds what only shows across rows: a
// branch twice, two chairs, a person twice in one place.
func (p *parser) group() {
	if len(p.mistakes) > 0 {
		p.dropNameless()
	}
	p.nameCommunes()
	type name struct{ commune, branch string }
	named := map[name][]Branch{}
	for _, row := range p.branches {
		c := p.commune(row.commune, row.at)
		n := name{c.Name, branchKey(row.branch.Name)}
		for _, other := range named[n] {
			a, b := formerKey(other.Former), formerKey(row.branch.Former)
			switch {
			case a == b:
				p.wrong(row.branch.At, "%s đã có ở dòng %d", row.branch.Name, other.At.Line)
			case a == "" || b == "":
				p.wrong(row.branch.At, "trùng tên với dòng %d: nếu là hai chi hội thì ghi rõ xã cũ ở cả hai dòng", other.At.Line)
			}
		}
		if row.branch.Name != "" {
			named[n] = append(named[n], row.branch)
		}
		c.Branches = append(c.Branches, row.branch)
	}
	for _, row := range p.officers {
		p.officer(p.commune(row.commune, row.at), row)
	}
}

// officer puts a chair or vice chair into her commune.
func (p *parser) officer(c *Commune, row officerRow) {
	e := row.entry
	switch {
	case row.role == org.Chair && c.Chair.At.Line > 0:
		p.wrong(row.post, "Chủ tịch của %s đã có ở dòng %d", c.Name, c.Chair.At.Line)
	case row.role == org.Chair:
		c.Chair = e
	case row.vacant:
		c.NoVices = true
	case !e.Named():
	case slices.ContainsFunc(c.Vices, func(v Entry) bool { return v.Phone == e.Phone }):
		p.wrong(e.At, "%s đã là Phó Chủ tịch của %s ở một dòng trên", e.Name, c.Name)
	default:
		c.Vices = append(c.Vices, e)
	}
}

// dropNameless leaves out rows whose commune is not known; they are mistakes already.
func (p *parser) dropNameless() {
	p.branches = slices.DeleteFunc(p.branches, func(r branchRow) bool { return r.commune == "" })
	p.officers = slices.DeleteFunc(p.officers, func(r officerRow) bool { return r.commune == "" })
}

// nameCommunes writes each commune's name one way: the first, except that "An Phú" takes
// the name of the "Xã An Phú" elsewhere in the file, if there is only one.
func (p *parser) nameCommunes() {
	byKey := map[string]string{}    // how a name is written
	byBase := map[string][]string{} // names with "xã" or "phường", by what follows
	var names []*string
	for i := range p.branches {
		names = append(names, &p.branches[i].commune)
	}
	for i := range p.officers {
		names = append(names, &p.officers[i].commune)
	}
	for _, name := range names {
		if byKey[key(*name)] != "" {
			continue
		}
		byKey[key(*name)] = *name
		if kind, base := communeKey(*name); kind != "" {
			byBase[base] = append(byBase[base], *name)
		}
	}
	for _, name := range names {
		kind, base := communeKey(*name)
		if kind == "" && len(byBase[base]) == 1 {
			*name = byBase[base][0]
		} else {
			*name = byKey[key(*name)]
		}
	}
}

// commune finds or begins a commune of the roster.
func (p *parser) commune(name string, at Place) *Commune {
	i, ok := p.index[key(name)]
	if !ok {
		i = len(p.roster.Communes)
		p.index[key(name)] = i
		p.roster.Communes = append(p.roster.Communes, Commune{Name: name, At: at})
	}
	return &p.roster.Communes[i]
}

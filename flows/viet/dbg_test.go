package viet
import ("testing";"os";"fmt")
func TestDbg(t *testing.T){
 s:=os.Getenv("DBG"); if s=="" {t.Skip()}
 m:=scan(s)
 for _,k:=range m.toks { fmt.Printf("%q kind %d group %v mask %b pref %b n %d glued %v slip %v dec %v\n", m.src[k.start:k.end],k.kind,lex.groups[k.group].words,k.mask,k.pref,k.n,k.glued,k.slip,k.decoded)}
 core:=m.strip(); for _,k:=range core { fmt.Printf("core %q\n", m.src[k.start:k.end])}
 y := yesNoReader{m: m, core: core, question: os.Getenv("Q"), things: thingPhrases[os.Getenv("Q")]}
 y.read()
 for i:=range y.clauses[:y.n] { c:=&y.clauses[i]; fmt.Printf("clause %d..%d tags %b first %d others %d lead %v -> %d\n",c.from,c.to,c.tags,c.first,c.others,c.lead,y.verdictOf(c)) }
 fmt.Printf("%+v\n", y.decide())
}

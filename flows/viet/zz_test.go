package viet
import ("testing";"fmt";"os";"strings")
func TestZZ(t *testing.T){
 for _,l:=range strings.Split(os.Getenv("ZZ"),"|"){
  q,s,_:=strings.Cut(l,":")
  m:=scan(s); core:=m.strip()
  y:=yesNoReader{m:m,core:core,question:q,things:thingPhrases[q]}
  y.read()
  fmt.Printf("%q %v\n",s,y.decide())
  for i:=range y.clauses[:y.n]{c:=&y.clauses[i]; fmt.Printf("   %v tags=%b strange=%d denies=%d aside=%v group=%v first=%d v=%d\n",m.from(core,c.from,c.to),c.tags,c.strange,c.denies,c.aside,c.group,c.first,y.verdictOf(c))}
 }
}
func TestZT(t *testing.T){ m:=scan("Cò rồi ạ hoọp hoopj coó"); for _,x:=range m.toks{ w:=[]string{}; for k,s:=range lex.groups[x.group].words { if x.mask&(1<<k)!=0 {w=append(w,s)}}; fmt.Println(m.src[x.start:x.end],x.group,w,x.slip,x.decoded)}}

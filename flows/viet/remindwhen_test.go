package viet

import "testing"

// "Nhắc em mai" asks for a reminder; only "nhắc mãi" complains of too many. Typed without
// marks it is the request: to be reminded once more does less harm than never again.
func TestRemindTomorrowIsNoStop(t *testing.T) {
	for text, want := range map[string]Command{
		"nhắc em mai":             {Name: Later, When: "tomorrow"},
		"nhac em mai":             {Name: Later, When: "tomorrow"},
		"Nhắc chị mai nhé":        {Name: Later, When: "tomorrow"},
		"nhắn chị mai":            {Name: Later, When: "tomorrow"},
		"nhắc em tối nay":         {Name: Later, When: "tonight"},
		"nhắc em chủ nhật":        {Name: Later, When: "sunday"},
		"nhắc mãi":                {Name: StopReminders},
		"nhắc em mãi thế":         {Name: StopReminders},
		"nhắn mãi thôi":           {Name: StopReminders, All: true},
		"nhắc hoài":               {Name: StopReminders},
		"đừng nhắc nữa, mai cũng": {},
	} {
		for _, question := range []string{"idle", "q1_activity", "q2_attendance"} {
			if got := ReadCommand(text, question); got.Value != want {
				t.Errorf("%q at %s: %+v, want %+v", text, question, got, want)
			}
		}
	}
}

package bolt

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestPack(t *testing.T) {
	noise := make([]byte, maxPacked+1)
	r := rand.New(rand.NewPCG(1, 1))
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	for _, n := range []int{0, 1, 60, 61, minPacked - 1, minPacked, 256, 257, 1500, 5000, maxPacked, maxPacked + 1} {
		text := bytes.Repeat([]byte("chi hội thôn Đông, "), n/10+1)[:n]
		half := append(bytes.Clone(text[:n/2]), noise[:n-n/2]...)
		for _, value := range [][]byte{text, noise[:n], half, make([]byte, n)} {
			packed := pack(value)
			if len(packed) > len(value)+1 {
				t.Errorf("%d bytes packed to %d", n, len(packed))
			}
			got, err := unpack(packed)
			if err != nil || !bytes.Equal(got, value) || got == nil {
				t.Errorf("%d bytes came back as %d, %v", n, len(got), err)
			}
		}
	}
	if packed := pack(record(r)); len(packed) > 1000 {
		t.Errorf("a record takes %d bytes", len(packed))
	}
}

// Blocks made by hand: what other programs write
// is read, and what can't be is refused.
func TestDecompress(t *testing.T) {
	for _, test := range []struct{ block, want string }{
		{"\x00", ""},
		{"\x05\x10hello", "hello"},
		{"\x0a\x04xy\x11\x02", "xyxyxyxyxy"},
		{"\x0a\x04xy\x1e\x02\x00", "xyxyxyxyxy"},
		{"\x03\x08abc", "abc"},
	} {
		got, err := unsqueeze([]byte(test.block))
		if err != nil || string(got) != test.want {
			t.Errorf("%q gave %q, %v; want %q", test.block, got, err, test.want)
		}
	}
	for _, bad := range []string{"", "\xff", "\x05", "\x05\x10hell", "\x04\x10hello", "\x0a\x04xy\x11\x03", "\x0a\x04xy\x11\x00",
		"\x05\xf0", "\x05\xf4\x04", "\x05\x10hello\x01", "\x05\x10hello\x02\x01", "\x05\x03\x00\x00\x00\x00", "\xff\xff\xff\x7f\x00"} {
		if got, err := unsqueeze([]byte(bad)); err == nil {
			t.Errorf("%q gave %q", bad, got)
		}
	}
}

// Whatever a damaged page holds, unpack gives an error or a value, and a value is kept.
func FuzzUnpack(f *testing.F) {
	for _, value := range []string{"", "short", strings.Repeat("long ", 100)} {
		f.Add(pack([]byte(value)))
	}
	f.Add([]byte{})
	f.Add([]byte{2, 0})
	f.Fuzz(func(t *testing.T, packed []byte) {
		value, err := unpack(packed)
		if err != nil || packed == nil {
			return
		}
		if len(value) > max(maxPacked, len(packed)) {
			t.Errorf("%d bytes out of %d", len(value), len(packed))
		}
		for _, value := range [][]byte{value, packed, bytes.Repeat(packed, 100)} {
			if back, err := unpack(pack(value)); err != nil || !bytes.Equal(back, value) {
				t.Errorf("%q came back as %q, %v", value, back, err)
			}
		}
	})
}
